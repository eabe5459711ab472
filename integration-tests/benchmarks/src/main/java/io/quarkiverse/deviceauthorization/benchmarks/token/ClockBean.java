package io.quarkiverse.deviceauthorization.benchmarks.token;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

import jakarta.enterprise.context.ApplicationScoped;

/** Knows a time, and whether it has come. */
@ApplicationScoped
public class ClockBean {

    private final InstantSource clock = Clock.systemUTC();
    private final Instant end = clock.instant().plusSeconds(86_400);

    boolean isValid() {
        return clock.instant().isBefore(end);
    }
}
