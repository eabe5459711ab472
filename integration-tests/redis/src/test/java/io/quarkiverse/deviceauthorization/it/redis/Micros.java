package io.quarkiverse.deviceauthorization.it.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Times in microseconds of the clock on the wall, which all processes share. */
final class Micros {

    private Micros() {
    }

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** @return the time that this share of them needed at most */
    static String seconds(List<Long> sorted, double share) {
        return sorted.isEmpty() ? "-" : String.format("%.3f s", sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6);
    }

    static long of(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
