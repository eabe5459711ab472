package io.quarkiverse.deviceauthorization;

/**
 * The waiting ended, not what was waited for: the thread was interrupted, or the application is shutting down. A flow that was
 * started stays, and can be awaited again.
 */
public class AuthorizationInterruptedException extends DeviceAuthorizationException {

    private static final long serialVersionUID = 1L;

    /** @param message what happened and what to do next */
    public AuthorizationInterruptedException(String message) {
        super(message, null, null);
    }
}
