package io.quarkiverse.deviceauthorization.deployment;

import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;

/** Adds the spans of flows and refreshes where something traces. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class TracingProcessor {

    private static final String SPANS = "io.quarkiverse.deviceauthorization.runtime.tracing.TracedFlows";

    @BuildStep
    void spans(DeviceAuthorizationFixedConfig config, Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.OPENTELEMETRY_TRACER) && config.tracing().enabled()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(SPANS));
        }
    }
}
