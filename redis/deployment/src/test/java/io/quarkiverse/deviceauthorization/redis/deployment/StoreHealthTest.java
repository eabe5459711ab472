package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.redis.runtime.DeviceAuthorizationStoreHealthCheck;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

@DisplayName("The health check of a store in Redis")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("redis")
class StoreHealthTest {

    private static final int SERVER = Servers.running("health");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Readiness.class, Http.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.health.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(SERVER))
            .overrideConfigKey("quarkus.device-authorization.health.cache", "0S")
            .overrideConfigKey("quarkus.device-authorization.tv.auth-server-url",
                    "${quarkus.device-authorization.auth-server-url}")
            .overrideConfigKey("quarkus.device-authorization.tv.client-id", "tv")
            .overrideConfigKey("quarkus.device-authorization.tv.health.cache", "1H")
            .overrideConfigKey("quarkus.device-authorization.radio.auth-server-url",
                    "${quarkus.device-authorization.auth-server-url}")
            .overrideConfigKey("quarkus.device-authorization.radio.client-id", "radio")
            .overrideConfigKey("quarkus.device-authorization.radio.tokens.store", "memory");

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("tv")
    DeviceAuthorization tv;

    @Inject
    @DeviceAuthorizationName("radio")
    DeviceAuthorization inMemory;

    @Inject
    @org.eclipse.microprofile.health.Readiness
    DeviceAuthorizationStoreHealthCheck check;

    @Inject
    Vertx vertx;

    @TestHTTPResource("q/health/ready")
    String health;

    @AfterEach
    void repair() {
        Servers.command(SERVER, "REPLICAOF", "NO", "ONE");
        Servers.command(SERVER, "CONFIG", "SET", "maxmemory", "0");
    }

    @Test
    @Order(1) // what it finds for one of the clients is remembered
    @DisplayName("is up when it can write and read, asks anew when health.cache is over, and leaves nothing for long")
    void up() {
        assertThat(Readiness.ask(health).status()).isEqualTo("UP");
        Readiness again = Readiness.ask(health);

        assertThat(again.data()).containsEntry("<default>", "up").containsEntry("<default>.cached", false)
                .containsKey("<default>.latency-ms").doesNotContainKey("<default>.problem")
                .containsEntry("tv", "up").containsEntry("tv.cached", true)
                .doesNotContainKey("radio");
        assertThat(Servers.keys(SERVER)).contains("device-authorization:{<default>}:probe")
                .allSatisfy(key -> assertThat((Long) Servers.command(SERVER, "PTTL", key)).isBetween(1L, 60_000L));
    }

    @Test
    @DisplayName("tells that the server is out of memory")
    void outOfMemory() {
        Servers.command(SERVER, "CONFIG", "SET", "maxmemory", "1");

        assertThat(problem()).contains("The server of the default Redis client is out of memory", "quarkus.redis.hosts (OOM)");
    }

    @Test
    @DisplayName("tells that the server is a replica")
    void readOnly() {
        Servers.command(SERVER, "REPLICAOF", "127.0.0.1", String.valueOf(Servers.absent("primary")));

        assertThat(problem()).contains("is a replica", "quarkus.redis.hosts (READONLY)");
    }

    @Test
    @DisplayName("can be asked on an event loop")
    void onEventLoop() throws Exception {
        CompletableFuture<HealthCheckResponse> answer = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(ignored -> {
            assertThat(Context.isOnEventLoopThread()).isTrue();
            check.call().subscribe().with(answer::complete, answer::completeExceptionally);
        });
        assertThat(answer.get(10, TimeUnit.SECONDS).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    private String problem() {
        Readiness readiness = Readiness.ask(health);
        assertThat(readiness.httpStatus()).isEqualTo(503);
        assertThat(readiness.data()).containsEntry("<default>", "down");
        return readiness.text("<default>.problem");
    }
}
