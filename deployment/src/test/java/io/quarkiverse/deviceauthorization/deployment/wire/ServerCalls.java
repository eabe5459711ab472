package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.runtime.endpoint.HttpAuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/** Single requests to a server, without the patience of a flow. */
final class ServerCalls {

    /** For tests: the timeouts of the clients are much shorter. */
    static final Duration SOON = Duration.ofSeconds(30);

    private ServerCalls() {
    }

    static DeviceCodes start(HttpAuthorizationServer server) {
        return server.requestCodes(AuthorizationRequest.defaults()).await().atMost(SOON);
    }

    static TokenAnswer poll(HttpAuthorizationServer server, String client, Secret deviceCode) {
        return prepared(server, client, deviceCode).send().await().atMost(SOON);
    }

    static TokenRequest prepared(HttpAuthorizationServer server, String client, Secret deviceCode) {
        return server.deviceTokenRequest(StoredFlow.started(new PendingAuthorization(client, "default", "id", "CODE",
                URI.create("https://a.example"), Optional.empty(), Instant.EPOCH, Duration.ofSeconds(5), deviceCode, Map.of()),
                AuthorizationRequest.defaults(), FlowBinding.none(), Instant.EPOCH));
    }

    /** Whoever prints the stack trace sees no secret, no body, and nothing that takes over a terminal. */
    static void assertHarmless(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("d3vice", "cl1ent", "Y2wxZW50", "t0ken", "Welcome", "48545450")
                    .doesNotContainPattern("\\p{Cntrl}")
                    .hasSizeLessThan(900);
            assertThat(cause.getSuppressed()).isEmpty();
        }
    }
}
