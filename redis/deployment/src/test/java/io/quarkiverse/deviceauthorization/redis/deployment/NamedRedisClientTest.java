package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application that names a Redis client and a prefix")
@Tag("redis")
class NamedRedisClientTest {

    private static final int SERVER = Servers.running("named");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Servers.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.device-authorization-redis.client-name", "sign-ins")
            .overrideConfigKey("quarkus.redis.sign-ins.hosts", Servers.uri(SERVER))
            .overrideRuntimeConfigKey("quarkus.device-authorization-redis.prefix", "shop:sign-ins")
            .overrideRuntimeConfigKey("quarkus.device-authorization-redis.idle-timeout", "7D");

    @Inject
    AuthorizationStore store;

    @Test
    @DisplayName("has its keys there")
    void keys() {
        assertThat(store.leaseRefresh("tv", "alice", Duration.ofMinutes(1)).await().atMost(Duration.ofSeconds(10)))
                .isPresent();
        assertThat(Servers.keys(SERVER)).containsExactly("shop:sign-ins:{tv}:lease:alice");
    }
}
