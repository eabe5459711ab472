package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * When a flow's next request is due, and the timer that waits for it. Guarded by the flow's monitor. Once begun, it goes by the
 * time that has passed, and not by a clock that somebody may set.
 */
final class NextRequest {

    private final Flows flows;
    private final long end;
    private final PollSchedule schedule;
    private Cancellable timer;
    private int turn;
    private long answered;
    private long answeredMillis;
    private double speed = 1;

    /**
     * Whatever happened before, the server is left alone for one interval from now; for less only where the processes that
     * share a store have written there until when it is.
     */
    NextRequest(Flows flows, StoredFlow stored) {
        this.flows = flows;
        this.end = now() + until(stored.pending().expiresAt());
        long interval = stored.interval().toNanos();
        long wait = flows.store().shared() ? Math.min(interval, until(stored.nextRequest())) : interval;
        this.schedule = new PollSchedule(flows.policy(), stored.interval(), now() + wait - interval);
        remember();
    }

    private long until(Instant time) {
        return Math.max(0, Duration.between(flows.clock().instant(), time).toNanos());
    }

    private void remember() {
        answered = now();
        answeredMillis = flows.clock().millis();
    }

    /** A request is sent: from how long we have waited by either clock it can be told whether they go alike. */
    void sent() {
        double millis = (now() - answered) / 1e6;
        speed = millis / Math.max(1, flows.clock().millis() - answeredMillis);
    }

    /** @return how long the request may take, if that is less than HTTP would let it */
    Optional<Duration> requestLimit() {
        return schedule.requestLimit(Math.max(0, end - now()));
    }

    /** @return how long to wait before the next request; zero when it is time */
    Duration delay() {
        return Duration.ofNanos(schedule.delay(now(), Math.max(0, end - now())));
    }

    /** @return how long to wait before the next attempt when it needs no code any more */
    Duration delayWithoutEnd() {
        return Duration.ofNanos(schedule.delay(now(), Long.MAX_VALUE));
    }

    /** @return how long the server is to be left alone, by everybody */
    Duration untilAllowed() {
        return Duration.ofNanos(schedule.untilAllowed(now()));
    }

    boolean hasEnded() {
        return now() - end >= 0;
    }

    /** @param due is handed the turn that it has to show when it comes, since a timer may fire while it is being replaced */
    void arm(Duration delay, Due due) {
        if (timer == null) {
            int mine = ++turn;
            timer = flows.timer().schedule(delay, () -> due.run(mine));
        }
    }

    void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** @return whether this is the timer that is waited for; it has done its work then */
    boolean fired(int fired) {
        boolean current = timer != null && fired == turn;
        if (current) {
            timer = null;
        }
        return current;
    }

    void answered(Optional<Duration> retryAfter) {
        schedule.answered(now(), retryAfter);
        remember();
    }

    /** @return the interval from now on */
    Duration slowedDown(Optional<Duration> asked, Optional<Duration> retryAfter) {
        schedule.slowedDown(now(), asked, retryAfter, speed);
        remember();
        return schedule.interval();
    }

    /** @return how many failures there were in a row */
    int failed(Optional<Duration> retryAfter) {
        schedule.failed(now(), retryAfter);
        remember();
        return schedule.failures();
    }

    /** @return how many failures there were in a row; this one is not the server's, and is tried again soon */
    int failedToStore() {
        schedule.failedToStore(now());
        return schedule.failures();
    }

    /** Somebody else asks: time to look what came of it, or to take over. */
    void leftTo(Duration interval, Duration theirs) {
        schedule.leftTo(now(), interval, theirs);
    }

    boolean givesUp() {
        return schedule.givesUp();
    }

    private long now() {
        return flows.timer().nanoTime();
    }

    /** What a timer does. */
    interface Due {

        void run(int turn);
    }
}
