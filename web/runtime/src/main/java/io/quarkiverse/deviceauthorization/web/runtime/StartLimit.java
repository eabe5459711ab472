package io.quarkiverse.deviceauthorization.web.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How many sign-ins may be started: as many as in a minute at once, and then as they come in again. It protects the
 * authorization server from whoever presses the button all the time, whatever browsers that one pretends to have.
 */
final class StartLimit {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final long most;
    private final long each;
    private final LongSupplier nanoTime;
    private long fullAt;

    /**
     * @param perMinute how many in one minute
     * @param nanoTime the time that passes
     */
    StartLimit(int perMinute, LongSupplier nanoTime) {
        this.most = MINUTE;
        this.each = MINUTE / perMinute;
        this.nanoTime = nanoTime;
        this.fullAt = nanoTime.getAsLong();
    }

    /** @return nothing if one more may be started, which counts from now on; else when to try again */
    synchronized Optional<Duration> take() {
        long now = nanoTime.getAsLong();
        long from = fullAt - now > 0 ? fullAt : now;
        long wait = from + each - now - most;
        if (wait > 0) {
            return Optional.of(Duration.ofNanos(wait));
        }
        fullAt = from + each;
        return Optional.empty();
    }
}
