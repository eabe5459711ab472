package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.UnsatisfiedResolutionException;
import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Without the extension, nothing of it can be injected")
class DisabledTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.device-authorization.enabled", "false")
            .assertException(failure -> assertThat(failure)
                    .hasRootCauseInstanceOf(UnsatisfiedResolutionException.class)
                    .hasStackTraceContaining("Unsatisfied dependency for type " + DeviceAuthorization.class.getName()));

    @Inject
    DeviceAuthorization client;

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
