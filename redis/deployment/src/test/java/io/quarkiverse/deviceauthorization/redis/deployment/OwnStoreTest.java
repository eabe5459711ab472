package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application with a store of its own, and the extension")
@Tag("redis")
class OwnStoreTest {

    private static final int SERVER = Servers.running("own");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Own.class, Readiness.class, Http.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(SERVER));

    @Singleton
    static class Own {

        @Produces
        @Singleton
        MemoryAuthorizationStore store() {
            return new MemoryAuthorizationStore(Clock.systemUTC(), OptionalInt.empty(), Optional.empty());
        }
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    AuthorizationStore store;

    @TestHTTPResource("q/health/ready")
    String health;

    @Test
    @DisplayName("uses its own, and doesn't depend on the health of the other one")
    void ownOneFirst() {
        client.start();

        assertThat(store).isInstanceOf(MemoryAuthorizationStore.class);
        assertThat(Servers.keys(SERVER)).isEmpty();
        assertThat(Readiness.ask(health).status()).isEqualTo("UP");
        assertThat(Readiness.ask(health).data()).isEmpty();
    }
}
