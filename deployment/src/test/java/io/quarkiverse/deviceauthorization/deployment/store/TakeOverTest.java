package io.quarkiverse.deviceauthorization.deployment.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("An application whose store hands over followed flows")
class TakeOverTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(ForwardingStore.class))
            .overrideConfigKey("quarkus.device-authorization.devservices.enabled", "false")
            .overrideConfigKey("quarkus.device-authorization.auth-server-url", "http://localhost:1")
            .overrideConfigKey("quarkus.device-authorization.client-id", "tv")
            .overrideConfigKey("quarkus.device-authorization.discovery-enabled", "false")
            .overrideConfigKey("quarkus.device-authorization.device-authorization-path", "device")
            .overrideConfigKey("quarkus.device-authorization.token-path", "token")
            .overrideConfigKey("quarkus.device-authorization.kept.auth-server-url", "http://localhost:1")
            .overrideConfigKey("quarkus.device-authorization.kept.client-id", "tv")
            .overrideConfigKey("quarkus.device-authorization.kept.tokens.store", "memory")
            .overrideConfigKey("quarkus.device-authorization.off.active", "false")
            .overrideConfigKey("quarkus.device-authorization.unused.auth-server-url", "http://localhost:1")
            .overrideConfigKey("quarkus.device-authorization.unused.client-id", "tv");

    /** Another process has left a flow in it. */
    @Singleton
    static class SharedStore extends ForwardingStore {

        final Map<String, UniEmitter<? super List<StoredFlow>>> asked = new ConcurrentHashMap<>();

        @Override
        public boolean handsOver() {
            return true;
        }

        @Override
        public Uni<List<StoredFlow>> findAbandoned(String client, Instant before, int atMost) {
            return Uni.createFrom().emitter(answer -> asked.put(client, answer));
        }
    }

    @Inject
    DeviceAuthorization used;

    @Inject
    @DeviceAuthorizationName("kept")
    DeviceAuthorization kept;

    @Inject
    @DeviceAuthorizationName("off")
    InjectableInstance<DeviceAuthorization> off;

    @Inject
    SharedStore store;

    @Test
    @DisplayName("looks at its start for those that others have left, of each client that it uses, and claims them")
    void atTheStart() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(store.asked).isNotEmpty());
        assertThat(store.asked).as("neither those that keep to another store, nor the inactive or unused")
                .containsOnlyKeys(DeviceAuthorizationName.DEFAULT);
        Instant now = Instant.now();
        StoredFlow left = StoredFlow.started(new PendingAuthorization(DeviceAuthorizationName.DEFAULT, "alice", "left", "CODE",
                URI.create("http://localhost:1/device"), Optional.empty(), now.plusSeconds(600), Duration.ofMinutes(1),
                Secret.of("device"), Map.of()), AuthorizationRequest.defaults(), FlowBinding.none(), now.minusSeconds(90))
                .followed(true).replacing(0);
        store.replaceFlow(0, left).await().indefinitely();
        store.asked.get(DeviceAuthorizationName.DEFAULT).complete(List.of(left));

        StoredFlow claimed = store.findFlow(DeviceAuthorizationName.DEFAULT, "left").await().indefinitely().orElseThrow();
        assertThat(claimed.nextRequest()).as("claimed for an interval and a request").isAfter(now.plusSeconds(60));
        assertThat(claimed.version()).isEqualTo(2);
    }
}
