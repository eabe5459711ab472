package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

/**
 * Says that the store can't be used: at once, and then once a minute while it lasts. There may be a hundred thousand flows that
 * find it out, again and again.
 */
final class StoreWarnings {

    private static final Logger LOG = Logger.getLogger(StoreWarnings.class);
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier now;
    private boolean said;
    private long lastSaid;
    private long unsaid;

    /** @param now the time, in nanoseconds */
    StoreWarnings(LongSupplier now) {
        this.now = now;
    }

    synchronized void warn(String what, Throwable problem) {
        if (said && now.getAsLong() - lastSaid < PAUSE) {
            unsaid++;
            LOG.debugf("%s: %s", what, problem.getMessage());
            return;
        }
        LOG.warnf("%s: %s%s", what, problem.getMessage(),
                unsaid == 0 ? "" : ". The same was to be said " + unsaid + " times since it was last said");
        said = true;
        lastSaid = now.getAsLong();
        unsaid = 0;
    }
}
