package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application that doesn't say where its Redis server is")
class MissingHostsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Readiness.class, Http.class))
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false")
            .overrideConfigKey("quarkus.device-authorization-redis.client-name", "sign.ins");

    @Inject
    DeviceAuthorization client;

    @TestHTTPResource("q/health/ready")
    String health;

    @Test
    @DisplayName("starts, and says which key is missing when it is used")
    void key() {
        assertThatThrownBy(client::start).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageContaining("Redis client 'sign.ins' can't be used")
                .hasMessageContaining("Set quarkus.redis.\"sign.ins\".hosts")
                .hasMessageContaining("quarkus.device-authorization.tokens.store");
        assertThat(Readiness.ask(health).text("<default>.problem")).contains("Set quarkus.redis.\"sign.ins\".hosts");
    }
}
