package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application whose configuration of the store can't work")
class ConfigProblemsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", "redis://127.0.0.1:1")
            .overrideRuntimeConfigKey("quarkus.device-authorization-redis.prefix", "{app}")
            .overrideRuntimeConfigKey("quarkus.device-authorization-redis.idle-timeout", "0S")
            .assertException(problem -> assertThat(problem)
                    .hasMessageContaining("quarkus.device-authorization-redis.prefix (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_REDIS_PREFIX): '{app}' has braces")
                    .hasMessageContaining(
                            "quarkus.device-authorization-redis.idle-timeout (in the environment"
                                    + " QUARKUS_DEVICE_AUTHORIZATION_REDIS_IDLE_TIMEOUT): tokens would be forgotten at once"));

    @Test
    @DisplayName("doesn't start, and says everything that is wrong")
    void refused() {
        Assertions.fail("It has started");
    }
}
