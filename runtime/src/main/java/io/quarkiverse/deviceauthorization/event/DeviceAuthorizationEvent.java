package io.quarkiverse.deviceauthorization.event;

/**
 * Something happened to a flow or to an owner's tokens. Observe one kind, those of flows by {@link FlowEvent}, or all of them
 * by this type, with {@code @Observes} or {@code @ObservesAsync}. No event holds a secret.
 */
public sealed interface DeviceAuthorizationEvent permits FlowEvent, Refreshed, RefreshRejected, SignedOut {

    /** @return the name of the client; {@code <default>} for the default one */
    String client();

    /** @return the account holder */
    String owner();
}
