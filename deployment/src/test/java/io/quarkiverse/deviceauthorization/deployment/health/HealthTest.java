package io.quarkiverse.deviceauthorization.deployment.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.runtime.health.DeviceAuthorizationEndpointHealthCheck;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

@DisplayName("An application whose server is well")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealthTest {

    private static final String METADATA = "GET /healthy/.well-known/openid-configuration";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Readiness.class, Http.class))
            .overrideConfigKey("quarkus.device-authorization.auth-server-url", Servers.scripted() + "/healthy")
            .overrideConfigKey("quarkus.device-authorization.client-id", "app")
            .overrideConfigKey("quarkus.device-authorization.health.cache", "1H")
            .overrideConfigKey("quarkus.device-authorization.health.timeout", "30S")
            // without a cache, and asked from an event loop
            .overrideConfigKey("quarkus.device-authorization.fresh.auth-server-url", Servers.scripted() + "/healthy")
            .overrideConfigKey("quarkus.device-authorization.fresh.client-id", "app")
            .overrideConfigKey("quarkus.device-authorization.fresh.health.cache", "0")
            .overrideConfigKey("quarkus.device-authorization.fresh.health.timeout", "30S")
            // nobody injects it
            .overrideConfigKey("quarkus.device-authorization.unused.auth-server-url", Servers.refusing())
            .overrideConfigKey("quarkus.device-authorization.unused.client-id", "app");

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("fresh")
    DeviceAuthorization fresh;

    @Inject
    @org.eclipse.microprofile.health.Readiness
    DeviceAuthorizationEndpointHealthCheck check;

    @Inject
    Vertx vertx;

    @TestHTTPResource("q/health/ready")
    String health;

    @Test
    @Order(1)
    void sendsNothingWhenItStarts() {
        client.forOwner("alice"); // a client is made, and still asks nobody
        fresh.forOwner("alice");
        assertThat(Servers.requests()).noneMatch(request -> request.contains("/healthy"));
    }

    @Test
    @Order(2)
    void isReadyThoughNobodyHasSignedIn() {
        Readiness readiness = Readiness.ask(health);

        assertThat(readiness.httpStatus()).isEqualTo(200);
        assertThat(readiness.status()).isEqualTo("UP");
        assertThat(readiness.data()).containsEntry("<default>", "up")
                .containsEntry("<default>.probed",
                        "GET " + Servers.scripted() + "/healthy/.well-known/openid-configuration")
                .containsEntry("<default>.cached", false)
                .containsKey("<default>.latency-ms")
                .doesNotContainKey("<default>.problem")
                .containsEntry("fresh", "up")
                .doesNotContainKey("unused");
    }

    @Test
    @Order(3)
    void remembersTheAnswerForAsLongAsConfigured() {
        long before = asked();

        Readiness readiness = Readiness.ask(health);

        assertThat(readiness.data()).containsEntry("<default>", "up").containsEntry("<default>.cached", true)
                .containsEntry("fresh.cached", false);
        assertThat(asked() - before).isEqualTo(1);
    }

    @Test
    @Order(4)
    void canBeAskedOnAnEventLoop() throws Exception {
        CompletableFuture<HealthCheckResponse> answer = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(ignored -> {
            assertThat(Context.isOnEventLoopThread()).isTrue();
            check.call().subscribe().with(answer::complete, answer::completeExceptionally);
        });
        assertThat(answer.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    @Order(5)
    void hasOnlyEverReadTheMetadata() {
        assertThat(Servers.requests()).filteredOn(request -> request.contains("/healthy")).containsOnly(METADATA);
    }

    private static long asked() {
        return Servers.requests().stream().filter(METADATA::equals).count();
    }
}
