package io.quarkiverse.deviceauthorization;

/**
 * The client is unknown or did not authenticate ({@code invalid_client}, RFC 6749 §5.2): check the client id and credentials.
 */
public class InvalidClientException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public InvalidClientException(String message, OAuthError error) {
        super(message, error, null);
    }
}
