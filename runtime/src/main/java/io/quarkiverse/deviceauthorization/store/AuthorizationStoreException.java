package io.quarkiverse.deviceauthorization.store;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;

/** Flows or tokens can't be read or written. What was stored before is still there. The message says what to do. */
public class AuthorizationStoreException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, and what to do about it
     * @param cause the reason, or null
     */
    public AuthorizationStoreException(String message, Throwable cause) {
        super(message, null, cause);
    }
}
