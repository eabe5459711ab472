package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Keys that are neither true nor false fail the build, also where the extension would be switched off by that")
class WrongFlagsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .withConfiguration("""
                    quarkus.device-authorization.enabled=ture
                    quarkus.device-authorization.require-at-build=nope
                    quarkus.device-authorization.devservices.shared=1s
                    quarkus.device-authorization.tracing.enabled=off
                    """)
            .assertException(WrongFlagsTest::check);

    private static void check(Throwable failure) {
        assertThat(failure.getMessage())
                .contains("quarkus.device-authorization.enabled (in the environment QUARKUS_DEVICE_AUTHORIZATION_ENABLED):"
                        + " 'ture' is neither true nor false. Write one of them [set by application.properties")
                .contains("quarkus.device-authorization.require-at-build (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_REQUIRE_AT_BUILD): 'nope' is neither true nor false")
                .contains("quarkus.device-authorization.devservices.shared (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_DEVSERVICES_SHARED): '1s' is neither true nor false");
        assertThat(failure.getMessage().lines()).hasSize(4);
    }

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
