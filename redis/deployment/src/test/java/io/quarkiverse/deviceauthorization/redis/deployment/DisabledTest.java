package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.redis.client.Redis;

@DisplayName("An application that switches the extension off")
class DisabledTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Readiness.class, Http.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.device-authorization-redis.enabled", "false");

    @Inject
    DeviceAuthorization client;

    @Inject
    Instance<AuthorizationStore> stores;

    @TestHTTPResource("q/health/ready")
    String health;

    @Test
    @DisplayName("has no store in Redis, no health check of one, and no Redis client")
    void nothing() {
        assertThat(client.start().userCode()).isNotBlank();
        assertThat(stores.isUnsatisfied()).isTrue();
        assertThat(Readiness.ask(health).checks()).isEmpty();
        assertThat(Arc.container().select(Redis.class).isUnsatisfied()).isTrue();
    }
}
