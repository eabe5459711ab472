package io.quarkiverse.deviceauthorization.redis.runtime;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** Flows and tokens whose secrets are easily found where they must not be. */
final class Samples {

    static final String SECRET = "very-secret";

    private Samples() {
    }

    static StoredTokens tokens(long version) {
        return tokens(version, Optional.of(Secret.of(SECRET + "-refresh")), Optional.of(Instant.now().plusSeconds(300)));
    }

    static StoredTokens tokens(long version, Optional<Secret> refreshToken, Optional<Instant> expiresAt) {
        return new StoredTokens(new Tokens(Secret.of(SECRET + "-access"), "Bearer", refreshToken, Optional.empty(), expiresAt,
                Set.of("openid"), Map.of()), version);
    }

    /** @return a flow whose codes live for ten minutes */
    static StoredFlow flow(String id, long version) {
        return flow(id, Instant.now(), Duration.ofMinutes(10), version);
    }

    static StoredFlow flow(String id, Instant now, Duration life, long version) {
        return StoredFlow.started(new PendingAuthorization("tv", "alice", id, "WDJB-MJHT",
                URI.create("https://example.com/device"), Optional.empty(), now.plus(life), Duration.ofSeconds(5),
                Secret.of(SECRET + "-code"), Map.of()), AuthorizationRequest.defaults(), FlowBinding.none(), now)
                .replacing(version - 1);
    }
}
