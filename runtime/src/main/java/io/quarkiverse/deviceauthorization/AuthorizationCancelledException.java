package io.quarkiverse.deviceauthorization;

/** The flow was cancelled in this application. */
public class AuthorizationCancelledException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public AuthorizationCancelledException(String message, OAuthError error) {
        super(message, error, null);
    }
}
