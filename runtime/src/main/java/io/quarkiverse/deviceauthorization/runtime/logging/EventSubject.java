package io.quarkiverse.deviceauthorization.runtime.logging;

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

/** What an event is about. */
public final class EventSubject {

    private EventSubject() {
    }

    /** @return the id of the flow that something happened to, or null if it happened to tokens */
    public static String flow(DeviceAuthorizationEvent event) {
        if (event instanceof Started started) {
            return started.id();
        } else if (event instanceof Pending pending) {
            return pending.id();
        } else if (event instanceof SlowedDown slowedDown) {
            return slowedDown.id();
        } else if (event instanceof TransientFailure failure) {
            return failure.id();
        } else if (event instanceof GaveUp gaveUp) {
            return gaveUp.id();
        }
        return ended(event);
    }

    private static String ended(DeviceAuthorizationEvent event) {
        if (event instanceof Approved approved) {
            return approved.id();
        } else if (event instanceof Denied denied) {
            return denied.id();
        } else if (event instanceof Expired expired) {
            return expired.id();
        } else if (event instanceof Cancelled cancelled) {
            return cancelled.id();
        }
        return event instanceof Failed failed ? failed.id() : null;
    }
}
