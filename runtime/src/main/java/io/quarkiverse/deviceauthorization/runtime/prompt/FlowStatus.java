package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.time.Duration;

import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;

/**
 * What a flow is doing, as far as a person cares.
 *
 * @param state what it is
 * @param interval how often the server is asked, once it has asked to be asked less often, or null
 */
record FlowStatus(State state, Duration interval) {

    enum State {
        WAITING,
        SLOWED_DOWN,
        RETRYING,
        APPROVED,
        DENIED,
        EXPIRED,
        CANCELLED,
        FAILED,
        GAVE_UP;

        /** @return whether nothing comes after it */
        boolean isEnd() {
            return compareTo(APPROVED) >= 0;
        }
    }

    static final FlowStatus STARTED = new FlowStatus(State.WAITING, null);

    /** @return what it is doing after that; the longer interval lasts */
    FlowStatus after(DeviceAuthorizationEvent event) {
        if (event instanceof Pending) {
            return new FlowStatus(interval == null ? State.WAITING : State.SLOWED_DOWN, interval);
        } else if (event instanceof SlowedDown slowedDown) {
            return new FlowStatus(State.SLOWED_DOWN, slowedDown.interval());
        } else if (event instanceof TransientFailure) {
            return new FlowStatus(State.RETRYING, interval);
        }
        State end = end(event);
        return end == null ? this : new FlowStatus(end, interval);
    }

    private static State end(DeviceAuthorizationEvent event) {
        if (event instanceof Approved) {
            return State.APPROVED;
        } else if (event instanceof Denied) {
            return State.DENIED;
        } else if (event instanceof Expired) {
            return State.EXPIRED;
        } else if (event instanceof Cancelled) {
            return State.CANCELLED;
        } else if (event instanceof Failed) {
            return State.FAILED;
        }
        return event instanceof GaveUp ? State.GAVE_UP : null;
    }
}
