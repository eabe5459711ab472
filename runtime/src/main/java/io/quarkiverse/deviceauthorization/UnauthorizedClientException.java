package io.quarkiverse.deviceauthorization;

/** The client may not use this grant ({@code unauthorized_client}, RFC 6749 §5.2): switch it on at the provider. */
public class UnauthorizedClientException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public UnauthorizedClientException(String message, OAuthError error) {
        super(message, error, null);
    }
}
