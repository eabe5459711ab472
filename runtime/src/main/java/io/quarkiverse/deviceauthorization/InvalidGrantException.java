package io.quarkiverse.deviceauthorization;

/** The device code is not valid, or not valid for this client ({@code invalid_grant}, RFC 6749 §5.2). */
public class InvalidGrantException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public InvalidGrantException(String message, OAuthError error) {
        super(message, error, null);
    }
}
