package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.Optional;

/**
 * When the next token request of a flow may be sent (RFC 8628 §3.5), as arithmetic on nanoseconds. Not thread-safe.
 * <p>
 * Two limits are kept: what the server allows, which nothing may undercut, and what back-off after failures adds to it, which
 * gives way to one last attempt before the codes end.
 */
final class PollSchedule {

    /** What each {@code slow_down} adds to the interval. */
    static final Duration SLOW_DOWN = Duration.ofSeconds(5);

    /** How long before the end of the codes the last attempt is made. */
    static final Duration LAST_CALL = Duration.ofSeconds(1);

    private final PollingPolicy policy;
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
        answered(lastAnswer, Optional.empty());
    }

    /** The server answered "pending", perhaps with a wish to be left alone for longer this time. */
    void answered(long now, Optional<Duration> retryAfter) {
        failures = 0;
        allowedAt = now + Math.max(interval, asked(retryAfter));
        wantedAt = allowedAt;
    }

    /** The server answered {@code slow_down}, perhaps with an interval of its own. */
    void slowedDown(long now, Optional<Duration> asked, Optional<Duration> retryAfter) {
        long longer = interval + SLOW_DOWN.toNanos();
        long limit = Math.max(longer, policy.maxInterval().toNanos());
        interval = Math.max(longer, Math.min(limit, asked.map(Duration::toNanos).orElse(0L)));
        answered(now, retryAfter);
    }

    /** The server could not be asked, or asked to be left alone for some time. */
    void failed(long now, Optional<Duration> retryAfter) {
        failures++;
        long limit = Math.max(interval, policy.maxBackoff().toNanos());
        long backoff = failures > 30 ? limit : Math.min(limit, Math.multiplyExact(interval, 1L << Math.min(failures, 20)));
        allowedAt = now + Math.max(interval, asked(retryAfter));
        wantedAt = Math.max(now + backoff, allowedAt);
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
        if (wanted < untilEnd - interval) {
            return wanted;
        }
        // the last one: as late as it is safe, since the person may decide until then
        long last = Math.max(untilEnd - LAST_CALL.toNanos(), allowedAt - now);
        return Math.min(Math.max(0, last), untilEnd);
    }

    int failures() {
        return failures;
    }

    Duration interval() {
        return Duration.ofNanos(interval);
    }
}
