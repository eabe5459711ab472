package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.jboss.logging.Logger;

/**
 * Counts the owners that were forgotten to make room, and tells so now and then: it can go on for as long as somebody likes.
 */
final class ForgottenOwners {

    private static final Logger LOG = Logger.getLogger(MemoryAuthorizationStore.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final InstantSource clock;
    private long untold;
    private Instant quietUntil = Instant.MIN;

    ForgottenOwners(InstantSource clock) {
        this.clock = clock;
    }

    void add(int owners) {
        if (owners == 0) {
            return;
        }
        long count;
        synchronized (this) {
            untold += owners;
            Instant now = clock.instant();
            if (now.isBefore(quietUntil)) {
                return;
            }
            quietUntil = now.plus(QUIET);
            count = untold;
            untold = 0;
        }
        LOG.warnf(
                "%d %s forgotten to make room; they have to sign in again. Raise tokens.memory.max-owners or use another store",
                count, count == 1 ? "owner was" : "owners were");
    }
}
