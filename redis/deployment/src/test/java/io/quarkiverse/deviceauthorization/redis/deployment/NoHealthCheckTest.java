package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application that switches the health check of the store off")
class NoHealthCheckTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Readiness.class, Http.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", Servers.uri(Servers.absent("unhealthy")))
            .overrideConfigKey("quarkus.redis.health.enabled", "false")
            .overrideConfigKey("quarkus.device-authorization-redis.health.enabled", "false");

    @TestHTTPResource("q/health/ready")
    String health;

    @Test
    @DisplayName("has none, and is ready without its Redis server")
    void ready() {
        Readiness readiness = Readiness.ask(health);
        assertThat(readiness.checks()).isEmpty();
        assertThat(readiness.httpStatus()).isEqualTo(200);
    }
}
