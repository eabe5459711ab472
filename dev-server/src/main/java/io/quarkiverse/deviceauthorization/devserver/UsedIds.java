package io.quarkiverse.deviceauthorization.devserver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Identifiers that are good for one use ({@code jti}), each remembered for as long as what it names would be accepted. */
final class UsedIds {

    private final InstantSource clock;
    private final Map<String, Instant> goodUntil = new HashMap<>();

    UsedIds(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether this is the first use. */
    synchronized boolean use(String id, Instant until) {
        Instant now = clock.instant();
        goodUntil.values().removeIf(end -> !now.isBefore(end));
        return goodUntil.putIfAbsent(id, until) == null;
    }
}
