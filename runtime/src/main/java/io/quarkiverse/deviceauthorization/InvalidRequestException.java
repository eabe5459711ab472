package io.quarkiverse.deviceauthorization;

/** The server finds the request malformed ({@code invalid_request}, RFC 6749 §5.2): a parameter is missing or wrong. */
public class InvalidRequestException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     */
    public InvalidRequestException(String message, OAuthError error) {
        super(message, error, null);
    }
}
