package io.quarkiverse.deviceauthorization;

/** A scope is unknown, malformed or not allowed for this client ({@code invalid_scope}, RFC 6749 §5.2). */
public class InvalidScopeException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public InvalidScopeException(String message, OAuthError error) {
        super(message, error, null);
    }
}
