package io.quarkiverse.deviceauthorization.deployment.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application that switches the readiness check off, and uses no client")
class NoHealthCheckTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Readiness.class, Http.class))
            .overrideConfigKey("quarkus.device-authorization.health.enabled", "false");

    @Inject
    Config config;

    @TestHTTPResource("q/health/ready")
    String health;

    @Test
    void hasNoReadinessCheck() {
        Readiness readiness = Readiness.ask(health);
        assertThat(readiness.httpStatus()).isEqualTo(200);
        assertThat(readiness.checks()).isEmpty();
    }

    @Test
    void hasNoDevService() {
        assertThat(config.getOptionalValue("quarkus.device-authorization.auth-server-url", String.class)).isEmpty();
    }
}
