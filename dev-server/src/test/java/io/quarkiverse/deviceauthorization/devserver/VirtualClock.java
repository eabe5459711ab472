package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when told. */
final class VirtualClock implements InstantSource {

    private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    void advanceSeconds(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }
}
