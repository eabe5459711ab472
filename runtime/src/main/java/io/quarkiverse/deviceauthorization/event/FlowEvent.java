package io.quarkiverse.deviceauthorization.event;

/** Something happened to a flow. */
public sealed interface FlowEvent extends DeviceAuthorizationEvent
        permits Started, Pending, SlowedDown, TransientFailure, Approved, Denied, Expired, Failed, GaveUp, Cancelled {

    /** @return the id of the flow, by which {@code resume} finds it */
    String id();
}
