package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/** What happens to a flow, as events. */
final class FlowEvents {

    private FlowEvents() {
    }

    static DeviceAuthorizationEvent started(PendingAuthorization flow) {
        return new Started(flow.client(), flow.owner(), flow.id(), flow.expiresAt());
    }

    static DeviceAuthorizationEvent pending(PendingAuthorization flow) {
        return new Pending(flow.client(), flow.owner(), flow.id());
    }

    static DeviceAuthorizationEvent slowedDown(PendingAuthorization flow, Duration interval) {
        return new SlowedDown(flow.client(), flow.owner(), flow.id(), interval);
    }

    static DeviceAuthorizationEvent transientFailure(PendingAuthorization flow, int failures, String message) {
        return new TransientFailure(flow.client(), flow.owner(), flow.id(), failures, message);
    }

    static DeviceAuthorizationEvent gaveUp(PendingAuthorization flow, String message) {
        return new GaveUp(flow.client(), flow.owner(), flow.id(), message);
    }

    private static DeviceAuthorizationEvent failed(PendingAuthorization flow, String error) {
        return new Failed(flow.client(), flow.owner(), flow.id(), error);
    }

    static Optional<DeviceAuthorizationEvent> ended(StoredFlow ended) {
        PendingAuthorization flow = ended.pending();
        return switch (ended.status()) {
            case PENDING -> Optional.empty();
            case APPROVED -> Optional.of(new Approved(flow.client(), flow.owner(), flow.id()));
            case DENIED -> Optional.of(new Denied(flow.client(), flow.owner(), flow.id()));
            case EXPIRED -> Optional.of(new Expired(flow.client(), flow.owner(), flow.id()));
            case CANCELLED -> Optional.of(new Cancelled(flow.client(), flow.owner(), flow.id()));
            case FAILED -> Optional.of(failed(flow, ended.error().map(OAuthError::code).orElse("unknown")));
        };
    }
}
