package io.quarkiverse.deviceauthorization;

/**
 * The server sent an ID token that is not what it has to be (OpenID Connect Core 1.0 §3.1.3.7): another issuer, audience or
 * nonce, expired, or not signed by a key of the server. The tokens that came with it are not used.
 */
public class InvalidIdTokenException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /** @param message what happened and what to do next */
    public InvalidIdTokenException(String message) {
        super(message, null, null);
    }
}
