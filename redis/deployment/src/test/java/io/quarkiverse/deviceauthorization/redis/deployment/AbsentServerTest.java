package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.redis.server.RedisServer;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application that starts before its Redis server")
@Tag("redis")
class AbsentServerTest {

    private static final int SERVER = Servers.absent("absent");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Readiness.class, Http.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(SERVER))
            .overrideConfigKey("quarkus.redis.timeout", "3S")
            .overrideConfigKey("quarkus.device-authorization.health.cache", "0S");

    @Inject
    DeviceAuthorization client;

    @TestHTTPResource("q/health/ready")
    String health;

    @Test
    @DisplayName("starts, says what is wrong when it is used, and works as soon as the server is there")
    void recovers() {
        assertThatThrownBy(client::start).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageContaining("The server of the default Redis client can't be reached")
                .hasMessageContaining("quarkus.redis.hosts").hasMessageContaining("Connection refused");
        assertThat(Readiness.ask(health).status()).isEqualTo("DOWN");
        assertThat(Readiness.ask(health).text("<default>.problem"))
                .contains("The server of the default Redis client can't be reached");

        try (RedisServer server = RedisServer.startOn(SERVER)) {
            assertThat(client.start().userCode()).isNotBlank();
            assertThat(Readiness.ask(health).status()).isEqualTo("UP");
            server.restart();
            assertThat(client.start().userCode()).as("after a restart").isNotBlank();
        }
    }
}
