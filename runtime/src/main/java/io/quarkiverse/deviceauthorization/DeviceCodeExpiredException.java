package io.quarkiverse.deviceauthorization;

/** Nobody decided before the codes ended ({@code expired_token}, RFC 8628 §3.5). Start a new flow only when the person asks. */
public class DeviceCodeExpiredException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public DeviceCodeExpiredException(String message, OAuthError error) {
        super(message, error, null);
    }
}
