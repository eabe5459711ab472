package io.quarkiverse.deviceauthorization;

/**
 * The authorization server could not be asked, or did not answer as one: no connection, a time-out, a 5xx, an HTML page, an
 * answer without a required member. Nothing is lost by it: a flow can be awaited again, and tokens stay stored.
 */
public class AuthorizationServerException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened and what to do next
     * @param status the HTTP status, or 0 when there was no answer
     * @param cause the reason, or null
     */
    public AuthorizationServerException(String message, int status, Throwable cause) {
        super(message, status, cause);
    }
}
