package io.quarkiverse.deviceauthorization.deployment;

import java.util.Optional;

import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;

/** Adds the meters where Micrometer is. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class MetricsProcessor {

    private static final String METERS = "io.quarkiverse.deviceauthorization.runtime.metrics.MicrometerTelemetry";

    @BuildStep
    void meters(DeviceAuthorizationFixedConfig config, Optional<MetricsCapabilityBuildItem> metrics,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (config.metrics().enabled()
                && metrics.filter(found -> found.metricsSupported(MetricsFactory.MICROMETER)).isPresent()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(METERS));
        }
    }
}
