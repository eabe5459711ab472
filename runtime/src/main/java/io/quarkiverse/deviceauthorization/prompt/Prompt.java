package io.quarkiverse.deviceauthorization.prompt;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;

/**
 * Tells the person how to sign in, on behalf of {@link io.quarkiverse.deviceauthorization.DeviceAuthorization#login()}.
 * A CDI bean of this type replaces the configured prompt, of all clients.
 * <p>
 * A prompt shows the user code unchanged and the verification URI, both also where it shows a QR code (RFC 8628 §3.3), asks the
 * person to go on only if they started this (§5.4), and never shows the device code.
 * <p>
 * Each flow is shown once, however many callers wait for it: first {@link #show}, then {@link #onEvent} for what happens to the
 * flow, at last {@link #hide}, one after another, on worker threads. Only then {@code login()} returns. Several flows may be
 * shown at the same time.
 */
public interface Prompt {

    /**
     * Shows how to sign in. A {@code login()} whose prompt throws something fails with that.
     *
     * @param pending the flow that waits for the person
     */
    void show(PendingAuthorization pending);

    /**
     * Hears what happens to a flow that is shown: {@link io.quarkiverse.deviceauthorization.event.Pending},
     * {@link io.quarkiverse.deviceauthorization.event.SlowedDown} and
     * {@link io.quarkiverse.deviceauthorization.event.TransientFailure} as often as they happen, and how it ended, if it did:
     * {@link io.quarkiverse.deviceauthorization.event.Approved}, {@link io.quarkiverse.deviceauthorization.event.Denied},
     * {@link io.quarkiverse.deviceauthorization.event.Expired}, {@link io.quarkiverse.deviceauthorization.event.Cancelled},
     * {@link io.quarkiverse.deviceauthorization.event.Failed}, or
     * {@link io.quarkiverse.deviceauthorization.event.GaveUp}. What it throws is logged.
     *
     * @param pending the flow
     * @param event what happened to it
     */
    default void onEvent(PendingAuthorization pending, DeviceAuthorizationEvent event) {
    }

    /**
     * Nobody waits for the flow any more: it has ended, or those who called {@code login()} have gone, or the application
     * stops. What it throws is logged.
     *
     * @param pending the flow
     */
    default void hide(PendingAuthorization pending) {
    }

    /**
     * Whether the person sits in front of this program and ends it, as with Ctrl-C in a terminal. A sign-in that is shown
     * when the application stops is cancelled then; otherwise it stays in the store, and is shown again at the next start.
     * What it throws is logged, and taken for no.
     *
     * @return whether it is so; false by default
     */
    default boolean isInteractive() {
        return false;
    }
}
