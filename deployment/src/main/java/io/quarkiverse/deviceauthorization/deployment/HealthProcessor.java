package io.quarkiverse.deviceauthorization.deployment;

import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/** Adds the health check where the health extension is. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class HealthProcessor {

    private static final String CHECK = "io.quarkiverse.deviceauthorization.runtime.health.DeviceAuthorizationEndpointHealthCheck";

    @BuildStep
    void check(DeviceAuthorizationFixedConfig config, Capabilities capabilities, BuildProducer<HealthBuildItem> checks) {
        if (capabilities.isPresent(Capability.SMALLRYE_HEALTH)) {
            checks.produce(new HealthBuildItem(CHECK, config.health().enabled()));
        }
    }

    @BuildStep
    AnnotationsTransformerBuildItem place(DeviceAuthorizationFixedConfig config) {
        return HealthChecks.place(CHECK, config.health().kind(), config.health().group());
    }
}
