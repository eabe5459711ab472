package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A value that comes at run time and is no duration is named by Quarkus itself")
class ConversionProblemsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideRuntimeConfigKey("quarkus.device-authorization.connect-timeout", "soon")
            .assertException(failure -> assertThat(failure).hasMessageContaining(
                    "The config property quarkus.device-authorization.connect-timeout with the config value \"soon\" threw an"
                            + " Exception whilst being converted Invalid duration: soon"));

    @Test
    void theStartFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
