package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application that stays in service while its store is away")
class WellnessTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Readiness.class, Http.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(Servers.absent("unwell")))
            .overrideConfigKey("quarkus.redis.health.enabled", "false")
            .overrideConfigKey("quarkus.device-authorization-redis.health.kind", "wellness")
            .overrideConfigKey("quarkus.device-authorization-redis.health.group", "sign-in");

    @Inject
    DeviceAuthorization client;

    @TestHTTPResource("q/health")
    String health;

    @Test
    @DisplayName("is ready, and not well")
    void unwell() {
        assertThat(Readiness.ask(health + "/ready").checks()).isEmpty();
        assertThat(Readiness.ask(health + "/ready").httpStatus()).isEqualTo(200);
        for (String probe : new String[] { "/well", "/group/sign-in" }) {
            Readiness wellness = Readiness.ask(health + probe);
            assertThat(wellness.httpStatus()).isEqualTo(503);
            assertThat(wellness.data()).containsEntry("<default>", "down");
        }
    }
}
