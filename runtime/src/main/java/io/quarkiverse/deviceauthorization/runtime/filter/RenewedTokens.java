package io.quarkiverse.deviceauthorization.runtime.filter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;

/**
 * Tokens that were refreshed because a resource had refused the ones before. A resource that refuses them too has another
 * reason: they are not refreshed again for a while, or each call would cost a refresh.
 */
final class RenewedTokens {

    static final Duration WHILE = Duration.ofSeconds(10);
    static final int MOST = 1000;

    private final InstantSource clock;
    private final Map<Secret, Instant> since = new LinkedHashMap<>();

    RenewedTokens(InstantSource clock) {
        this.clock = clock;
    }

    /** @param tokens new ones; if they are known, nothing changes */
    synchronized void add(Tokens tokens) {
        Instant now = clock.instant();
        Iterator<Instant> oldest = since.values().iterator();
        while (oldest.hasNext() && (isOver(oldest.next(), now) || since.size() >= MOST)) {
            oldest.remove();
        }
        since.putIfAbsent(tokens.accessToken(), now);
    }

    /** @return whether a refresh because of these tokens is too early */
    synchronized boolean contains(Tokens tokens) {
        Instant renewed = since.get(tokens.accessToken());
        return renewed != null && !isOver(renewed, clock.instant());
    }

    private static boolean isOver(Instant renewed, Instant now) {
        return !now.isBefore(renewed.plus(WHILE));
    }
}
