package io.quarkiverse.deviceauthorization.store.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Starts at the present, as clocks of other machines do, and goes on when a test says so. */
final class MovableClock implements InstantSource {

    private volatile Instant now = Instant.now();

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }
}
