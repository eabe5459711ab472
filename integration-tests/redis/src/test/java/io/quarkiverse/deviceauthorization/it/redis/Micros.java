package io.quarkiverse.deviceauthorization.it.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times in microseconds of the clock on the wall, which all processes share. */
final class Micros {

    private Micros() {
    }

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static long of(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
