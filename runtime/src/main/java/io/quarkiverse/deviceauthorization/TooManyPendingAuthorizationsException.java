package io.quarkiverse.deviceauthorization;

/**
 * A sign-in was not started, since as many are pending in this process as the configuration allows
 * ({@code polling.max-pending}). Nothing was sent, and nobody has a code: it can be tried again when some of the others have
 * ended. Of flows of one owner, {@link DeviceAuthorization#login()} starts one only; and a flow that nobody asks for any more
 * counts until a minute after its codes have ended, unless it is {@linkplain DeviceAuthorization#cancel cancelled}.
 */
public class TooManyPendingAuthorizationsException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /** @param message what to do next */
    public TooManyPendingAuthorizationsException(String message) {
        super(message, null, null);
    }
}
