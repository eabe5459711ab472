package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application that misspells keys of the store")
class MisspeltKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.hosts", "redis://127.0.0.1:1")
            .overrideConfigKey("quarkus.device-authorization-redis.prefx", "app")
            .overrideConfigKey("quarkus.device-authorization-redis.client", "sign-ins")
            .overrideConfigKey("quarkus.device-authorization-redis.healt.enabled", "false")
            .assertException(problem -> assertThat(problem)
                    .hasStackTraceContaining("The configuration of the store in Redis is wrong:")
                    .hasStackTraceContaining("quarkus.device-authorization-redis.prefx: is no key of this extension, and is not"
                            + " read. Did you mean quarkus.device-authorization-redis.prefix ")
                    .hasStackTraceContaining("Did you mean quarkus.device-authorization-redis.health.enabled "));

    @Test
    @DisplayName("is not built, and is told which ones were meant")
    void refused() {
        Assertions.fail("It was built");
    }
}
