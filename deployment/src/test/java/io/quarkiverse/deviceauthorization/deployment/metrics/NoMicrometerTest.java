package io.quarkiverse.deviceauthorization.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.metrics.MicrometerTelemetry;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application whose Micrometer is switched off")
class NoMicrometerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.micrometer.enabled", "false");

    @Inject
    DeviceAuthorization client;

    @Inject
    @Any
    Instance<MicrometerTelemetry> telemetry;

    @Test
    @DisplayName("signs people in, and counts nothing")
    void noMeters() {
        assertThat(client.start().userCode()).isNotBlank();
        assertThat(telemetry).isEmpty();
    }
}
