package io.quarkiverse.deviceauthorization;

/** The person said no ({@code access_denied}, RFC 8628 §3.5), or the server refused to start a flow. */
public class AccessDeniedException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public AccessDeniedException(String message, OAuthError error) {
        super(message, error, null);
    }
}
