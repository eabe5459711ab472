package io.quarkiverse.deviceauthorization;

/** A person has to sign in: there are no tokens, or none that can be refreshed. */
public class AuthorizationRequiredException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public AuthorizationRequiredException(String message, OAuthError error) {
        super(message, error, null);
    }
}
