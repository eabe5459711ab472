package io.quarkiverse.deviceauthorization.it.keycloak;

import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;

import io.quarkiverse.deviceauthorization.Tokens;

/** Waits for short-lived tokens, which live for five seconds, to reach the time from which on they are refreshed. */
final class RefreshDue {

    /** The {@code tokens.refresh-skew} of the clients with short-lived tokens. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    private RefreshDue() {
    }

    static void await(Tokens tokens) {
        Instant due = tokens.expiresAt().orElseThrow().minus(SKEW);
        Awaitility.await("refresh due").atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(due));
    }
}
