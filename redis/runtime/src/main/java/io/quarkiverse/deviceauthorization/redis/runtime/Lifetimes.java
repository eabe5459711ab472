package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.quarkiverse.deviceauthorization.runtime.store.Retention;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** For how long Redis keeps what. It counts by its own clock, so it is told how long, and not until when. */
final class Lifetimes {

    /** More than anybody needs, and less than the largest number of milliseconds. */
    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private final InstantSource clock;
    private final Duration idleTimeout;

    /** @param idleTimeout for how long tokens are kept that can be refreshed, after they were last used */
    Lifetimes(InstantSource clock, Duration idleTimeout) {
        this.clock = clock;
        this.idleTimeout = idleTimeout;
    }

    Instant now() {
        return clock.instant();
    }

    String ofIdle() {
        return millis(idleTimeout);
    }

    /** @return whether tokens are kept for as long as they are used: nobody knows when they end */
    boolean isIdle(StoredTokens stored) {
        return stored.tokens().refreshToken().isPresent() || stored.tokens().expiresAt().isEmpty();
    }

    String of(StoredTokens stored) {
        return isIdle(stored) ? ofIdle() : until(stored.tokens().expiresAt().orElseThrow());
    }

    /** Who goes on with a flow whose codes have ended has that time too. */
    String of(StoredFlow flow) {
        return until(flow.pending().expiresAt());
    }

    private String until(Instant end) {
        Instant now = clock.instant();
        return millis(Retention.OF_ENDED.plus(end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO));
    }

    static String millis(Duration duration) {
        Duration limited = duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
        return String.valueOf(Math.max(1, limited.toMillis()));
    }
}
