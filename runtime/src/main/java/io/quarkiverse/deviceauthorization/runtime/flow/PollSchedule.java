package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.Optional;

/**
 * When the next token request of a flow may be sent (RFC 8628 §3.5), as arithmetic on nanoseconds: once begun, a flow goes by
 * the time that has passed, and not by a clock that somebody may set. Guarded by the flow's monitor. Nothing but numbers, since
 * each of a hundred thousand flows has one.
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
    private final long end;
    private double stretch = 1;
    private int slowDowns;
    private long interval;
    private long allowedAt;
    private long wantedAt;
    private int failures;
    private long answered;
    private long answeredMillis;

    /**
     * @param policy the limits
     * @param interval the least time between two requests
     * @param now the time; here and below by the engine's timer, in nanoseconds
     * @param millis the time by the clock on the wall, which only tells how fast the time goes
     * @param wait how long the server is left alone from now on
     * @param end when the codes end
     */
    PollSchedule(PollingPolicy policy, Duration interval, long now, long millis, long wait, long end) {
        this.policy = policy;
        this.end = end;
        this.interval = interval.toNanos();
        this.allowedAt = now + wait;
        this.wantedAt = allowedAt;
        remember(now, millis);
    }

    private void remember(long now, long millis) {
        answered = now;
        answeredMillis = millis;
    }

    /** The server answered "pending", perhaps with a wish to be left alone for longer this time. */
    void answered(long now, long millis, Optional<Duration> retryAfter) {
        slowDowns = 0;
        next(now, millis, retryAfter);
    }

    private void next(long now, long millis, Optional<Duration> retryAfter) {
        failures = 0;
        allowedAt = now + Math.max(stretched(), asked(retryAfter));
        wantedAt = allowedAt;
        remember(now, millis);
    }

    private long stretched() {
        return Math.round(interval * stretch);
    }

    /** @return how much faster the time goes that we measure intervals by than the clock on the wall, since the last answer */
    double speed(long now, long millis) {
        return (now - answered) / 1e6 / Math.max(1, millis - answeredMillis);
    }

    /**
     * The server answered {@code slow_down}, perhaps with an interval of its own.
     *
     * @param speed what {@link #speed} was when the request was sent
     */
    void slowedDown(long now, long millis, Optional<Duration> asked, Optional<Duration> retryAfter, double speed) {
        slowDowns++;
        if (speed > TOLERANCE) {
            stretch = Math.max(stretch, speed <= LONGEST_STRETCH ? speed : STRETCH); // more than that is a clock that was set
        } else if (asked.isEmpty() && slowDowns > PATIENCE) {
            stretch = Math.min(LONGEST_STRETCH, stretch * STRETCH);
        }
        long longer = interval + SLOW_DOWN.toNanos();
        long limit = Math.max(longer, policy.maxInterval().toNanos());
        interval = Math.max(longer, Math.min(limit, asked.map(Duration::toNanos).orElse(0L)));
        next(now, millis, retryAfter);
    }

    /**
     * Another process asks the server: time to look what came of it, or to take over.
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
    void failed(long now, long millis, Optional<Duration> retryAfter) {
        failures++;
        long wait = stretched();
        long limit = Math.max(wait, policy.maxBackoff().toNanos());
        long factor = 1L << Math.min(failures, 20);
        long backoff = wait > limit / factor ? limit : wait * factor;
        allowedAt = later(allowedAt, now + Math.max(wait, asked(retryAfter))); // what it asked for before still counts
        wantedAt = later(now + backoff, allowedAt);
        remember(now, millis);
    }

    /** What the server answered could not be stored: it is not asked again, and the store soon is. */
    void failedToStore(long now) {
        failures++;
        allowedAt = now + STORE_AGAIN.toNanos();
        wantedAt = allowedAt;
    }

    private long asked(Optional<Duration> retryAfter) {
        return retryAfter.isEmpty() ? 0 : Math.min(policy.maxInterval().toNanos(), retryAfter.get().toNanos());
    }

    /** @return whether the number of failures in a row has reached the limit, and counts from zero again if so */
    boolean givesUp() {
        boolean enough = failures >= policy.maxFailures();
        if (enough) {
            failures = 0;
        }
        return enough;
    }

    /** @return when the next request is due; the end of the codes when none can be sent any more. May be in the past */
    long due(long now) {
        if (later(now, wantedAt) - (end - stretched()) < 0) {
            return wantedAt;
        }
        // the last one: as late as it is safe, since the person may decide until then
        long last = later(end - LAST_CALL.toNanos(), allowedAt);
        return last - end < 0 ? last : end;
    }

    /** @return when the next attempt is due when it needs no code any more */
    long dueWithoutEnd() {
        return wantedAt;
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** @return how long the server is to be left alone from now on, by everybody */
    Duration untilAllowed(long now) {
        return Duration.ofNanos(Math.max(0, allowedAt - now));
    }

    long end() {
        return end;
    }

    boolean hasEnded(long now) {
        return now - end >= 0;
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
     * @return how long a request may take, if that is less than HTTP would let it
     */
    Optional<Duration> requestLimit(long now) {
        long share = Math.max(SHORTEST_REQUEST.toNanos(), Math.max(0, end - now) / 3);
        return share < policy.requestTimeout().toNanos() ? Optional.of(Duration.ofNanos(share)) : Optional.empty();
    }
}
