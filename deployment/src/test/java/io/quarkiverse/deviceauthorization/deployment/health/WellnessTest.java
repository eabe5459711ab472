package io.quarkiverse.deviceauthorization.deployment.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application that stays in service while its authorization server is away")
class WellnessTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Readiness.class, Http.class))
            .overrideConfigKey("quarkus.device-authorization.auth-server-url", Servers.refusing())
            .overrideConfigKey("quarkus.device-authorization.client-id", "app")
            .overrideConfigKey("quarkus.device-authorization.health.kind", "wellness")
            .overrideConfigKey("quarkus.device-authorization.health.group", "sign-in");

    @Inject
    DeviceAuthorization client;

    @TestHTTPResource("q/health")
    String health;

    @Test
    @DisplayName("is ready and alive")
    void ready() {
        for (String probe : new String[] { "/ready", "/live" }) {
            Readiness readiness = Readiness.ask(health + probe);
            assertThat(readiness.httpStatus()).isEqualTo(200);
            assertThat(readiness.checks()).isEmpty();
        }
    }

    @Test
    @DisplayName("is not well, and neither is the health group")
    void unwell() {
        for (String probe : new String[] { "/well", "/group/sign-in" }) {
            Readiness wellness = Readiness.ask(health + probe);
            assertThat(wellness.httpStatus()).isEqualTo(503);
            assertThat(wellness.data()).containsEntry("<default>", "down");
        }
    }
}
