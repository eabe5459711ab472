package io.quarkiverse.deviceauthorization.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.metrics.MicrometerTelemetry;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application with Micrometer, and metrics.enabled=false")
class NoMetersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.device-authorization.metrics.enabled", "false");

    @Inject
    DeviceAuthorization client;

    @Inject
    MeterRegistry registry;

    @Inject
    @Any
    Instance<MicrometerTelemetry> telemetry;

    @Test
    @DisplayName("has no meters")
    void noMeters() {
        client.start();
        assertThat(telemetry).isEmpty();
        assertThat(registry.getMeters()).extracting(Meter::getId).extracting(Meter.Id::getName).isNotEmpty()
                .noneMatch(name -> name.startsWith("device.authorization"));
    }
}
