package io.quarkiverse.deviceauthorization;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A device authorization, or the use of its tokens, did not succeed. The message says what to do next, and holds no secret.
 * Subclasses tell apart what a program can react to; an error code without one comes as this class.
 */
public class DeviceAuthorizationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OAuthError oauthError;
    private final int status;

    /**
     * @param message what happened and what to do next
     * @param error the server's error response, or null
     * @param cause the reason, or null
     */
    public DeviceAuthorizationException(String message, OAuthError error, Throwable cause) {
        super(message, cause);
        this.oauthError = error;
        this.status = error == null ? 0 : error.status();
    }

    /**
     * @param message what happened and what to do next
     * @param status the HTTP status of an answer without an OAuth error, or 0 when there was no answer
     * @param cause the reason, or null
     */
    public DeviceAuthorizationException(String message, int status, Throwable cause) {
        super(message, cause);
        this.oauthError = null;
        this.status = status;
    }

    /** @return the server's error code (RFC 6749 §5.2, RFC 8628 §3.5), if it sent one */
    public Optional<String> error() {
        return Optional.ofNullable(oauthError).map(OAuthError::code);
    }

    /** @return the server's description of the error, if it sent one */
    public Optional<String> errorDescription() {
        return Optional.ofNullable(oauthError).flatMap(OAuthError::description);
    }

    /** @return where the server explains the error, if it says so */
    public Optional<String> errorUri() {
        return Optional.ofNullable(oauthError).flatMap(OAuthError::uri);
    }

    /** @return the HTTP status of the answer, if there was one */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
