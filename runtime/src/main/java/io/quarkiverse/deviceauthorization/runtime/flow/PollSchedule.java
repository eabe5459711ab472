package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.Optional;

/**
 * When the next token request of a flow may be sent (RFC 8628 §3.5), as arithmetic on nanoseconds. Not thread-safe.
 * <p>
 * Two limits are kept: what the server allows, which nothing may undercut, and what back-off after failures adds to it, which
 * gives way to one last attempt before the codes end.
 * <p>
 * Where our seconds are shorter than the server's, as on some virtual machines, each interval seems too short to the server,
 * however long it gets. So the intervals are stretched when a {@code slow_down} comes though the interval was kept and our two
 * clocks disagree, or when it comes again and again.
 */
final class PollSchedule {

    /** What each {@code slow_down} adds to the interval. */
    static final Duration SLOW_DOWN = Duration.ofSeconds(5);

    /** How long before the end of the codes the last attempt is made. */
    static final Duration LAST_CALL = Duration.ofSeconds(1);

    /** When a store is tried again: before another process has taken over what seems left. */
    private static final Duration STORE_AGAIN = Duration.ofSeconds(1);

    /** How much the clocks may disagree before that is taken for more than chance. */
    private static final double TOLERANCE = 1.01;

    /** By how much intervals are stretched when nothing tells how much is needed, and the most that they ever are. */
    private static final double STRETCH = 1.2;
    private static final double LONGEST_STRETCH = 2;

    /** How many times in a row a server may slow us down for reasons of its own. */
    private static final int PATIENCE = 2;

    /** The least that a request may take. */
    private static final Duration SHORTEST_REQUEST = Duration.ofSeconds(10);

    private final PollingPolicy policy;
    private double stretch = 1;
    private int slowDowns;
    private long interval;
    private long allowedAt;
    private long wantedAt;
    private int failures;

    /**
     * @param policy the limits
     * @param interval the least time between two requests
     * @param lastAnswer when the server last answered this flow
     */
    PollSchedule(PollingPolicy policy, Duration interval, long lastAnswer) {
        this.policy = policy;
        this.interval = interval.toNanos();
        next(lastAnswer, Optional.empty());
    }

    /** The server answered "pending", perhaps with a wish to be left alone for longer this time. */
    void answered(long now, Optional<Duration> retryAfter) {
        slowDowns = 0;
        next(now, retryAfter);
    }

    private void next(long now, Optional<Duration> retryAfter) {
        failures = 0;
        allowedAt = now + Math.max(stretched(), asked(retryAfter));
        wantedAt = allowedAt;
    }

    private long stretched() {
        return Math.round(interval * stretch);
    }

    /**
     * The server answered {@code slow_down}, perhaps with an interval of its own.
     *
     * @param speed how much faster the time went that we measure intervals by than the clock on the wall, since the answer
     *        before
     */
    void slowedDown(long now, Optional<Duration> asked, Optional<Duration> retryAfter, double speed) {
        slowDowns++;
        if (speed > TOLERANCE) {
            stretch = Math.max(stretch, speed <= LONGEST_STRETCH ? speed : STRETCH); // more than that is a clock that was set
        } else if (asked.isEmpty() && slowDowns > PATIENCE) {
            stretch = Math.min(LONGEST_STRETCH, stretch * STRETCH);
        }
        long longer = interval + SLOW_DOWN.toNanos();
        long limit = Math.max(longer, policy.maxInterval().toNanos());
        interval = Math.max(longer, Math.min(limit, asked.map(Duration::toNanos).orElse(0L)));
        next(now, retryAfter);
    }

    /**
     * Another process asks the server.
     *
     * @param theirInterval the interval that it keeps
     * @param theirs how long the server is left to it
     */
    void leftTo(long now, Duration theirInterval, Duration theirs) {
        interval = Math.max(interval, theirInterval.toNanos());
        failures = 0;
        allowedAt = now + Math.max(0, Math.min(stretched(), theirs.toNanos()));
        wantedAt = allowedAt;
    }

    /** The server could not be asked, or asked to be left alone for some time. */
    void failed(long now, Optional<Duration> retryAfter) {
        failures++;
        long wait = stretched();
        long limit = Math.max(wait, policy.maxBackoff().toNanos());
        long factor = 1L << Math.min(failures, 20);
        long backoff = wait > limit / factor ? limit : wait * factor;
        allowedAt = now + Math.max(wait, asked(retryAfter));
        wantedAt = Math.max(now + backoff, allowedAt);
    }

    /** What the server answered could not be stored: it is not asked again, and the store soon is. */
    void failedToStore(long now) {
        failures++;
        allowedAt = now + STORE_AGAIN.toNanos();
        wantedAt = allowedAt;
    }

    private long asked(Optional<Duration> retryAfter) {
        return Math.min(policy.maxInterval().toNanos(), retryAfter.map(Duration::toNanos).orElse(0L));
    }

    /** @return whether the number of failures in a row has reached the limit, and counts from zero again if so */
    boolean givesUp() {
        boolean enough = failures >= policy.maxFailures();
        if (enough) {
            failures = 0;
        }
        return enough;
    }

    /**
     * @param now the time
     * @param untilEnd how long the codes still live
     * @return how long to wait before the next request; {@code untilEnd} when none can be sent any more
     */
    long delay(long now, long untilEnd) {
        long wanted = Math.max(0, wantedAt - now);
        if (wanted < untilEnd - stretched()) {
            return wanted;
        }
        // the last one: as late as it is safe, since the person may decide until then
        long last = Math.max(untilEnd - LAST_CALL.toNanos(), allowedAt - now);
        return Math.min(Math.max(0, last), untilEnd);
    }

    /** @return how long the server is to be left alone from now on */
    long untilAllowed(long now) {
        return Math.max(0, allowedAt - now);
    }

    int failures() {
        return failures;
    }

    /** @return the least time between two requests from now on */
    Duration interval() {
        return Duration.ofNanos(stretched());
    }

    /**
     * One request that hangs must leave time for others: an answer that got lost can be asked for again.
     *
     * @param untilEnd how long the codes still live
     * @return how long a request may take, if that is less than HTTP would let it
     */
    Optional<Duration> requestLimit(long untilEnd) {
        Duration share = Duration.ofNanos(Math.max(SHORTEST_REQUEST.toNanos(), untilEnd / 3));
        return Optional.of(share).filter(limit -> limit.compareTo(policy.requestTimeout()) < 0);
    }
}
