package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.subscription.Cancellable;

/** When a flow's next request is due, and the timer that waits for it. Guarded by the flow's monitor. */
final class NextRequest {

    private final Flows flows;
    private final Instant end;
    private final PollSchedule schedule;
    private Cancellable timer;

    /** Whatever happened before, the server is left alone for one interval from now. */
    NextRequest(Flows flows, StoredFlow stored) {
        this.flows = flows;
        this.end = stored.pending().expiresAt();
        this.schedule = new PollSchedule(flows.policy(), stored.interval(), now());
    }

    /** @return how long to wait before the next request; zero when it is time */
    Duration delay() {
        return Duration.ofNanos(schedule.delay(now(), Math.max(0, Duration.between(flows.clock().instant(), end).toNanos())));
    }

    /** @return how long to wait before the next attempt when it needs no code any more */
    Duration delayWithoutEnd() {
        return Duration.ofNanos(schedule.delay(now(), Long.MAX_VALUE));
    }

    boolean hasEnded() {
        return !flows.clock().instant().isBefore(end);
    }

    void arm(Duration delay, Runnable due) {
        if (timer == null) {
            timer = flows.timer().schedule(delay, due);
        }
    }

    void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** The timer has done its work. */
    void fired() {
        timer = null;
    }

    void answered() {
        schedule.answered(now());
    }

    /** @return the interval from now on */
    Duration slowedDown(Optional<Duration> asked) {
        schedule.slowedDown(now(), asked);
        return schedule.interval();
    }

    /** @return how many failures there were in a row */
    int failed(Optional<Duration> retryAfter) {
        schedule.failed(now(), retryAfter);
        return schedule.failures();
    }

    boolean givesUp() {
        return schedule.givesUp();
    }

    private long now() {
        return flows.timer().nanoTime();
    }
}
