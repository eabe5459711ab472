package io.quarkiverse.deviceauthorization.prompt;

import io.quarkiverse.deviceauthorization.PendingAuthorization;

/**
 * Tells the person how to sign in, on behalf of {@link io.quarkiverse.deviceauthorization.DeviceAuthorization#login()}.
 * A CDI bean of this type replaces the configured prompt.
 * <p>
 * A prompt shows the user code unchanged and the verification URI, both also where it shows a QR code (RFC 8628 §3.3), asks the
 * person to go on only if they started this (§5.4), and never shows the device code. It is called on a worker thread.
 */
public interface Prompt {

    /**
     * Shows how to sign in.
     *
     * @param pending the flow that waits for the person
     */
    void show(PendingAuthorization pending);
}
