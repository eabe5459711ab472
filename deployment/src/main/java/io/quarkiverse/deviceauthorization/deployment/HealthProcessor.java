package io.quarkiverse.deviceauthorization.deployment;

import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/** Adds the readiness check; without the health extension, nobody asks for it. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class HealthProcessor {

    private static final String CHECK = "io.quarkiverse.deviceauthorization.runtime.health.DeviceAuthorizationEndpointHealthCheck";

    @BuildStep
    HealthBuildItem check(DeviceAuthorizationFixedConfig config) {
        return new HealthBuildItem(CHECK, config.health().enabled());
    }
}
