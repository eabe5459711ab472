package io.quarkiverse.deviceauthorization.deployment.devservices;

import io.quarkiverse.deviceauthorization.deployment.DeviceAuthorizationEnabled;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.BytecodeTransformerBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.gizmo.ClassTransformer;
import io.quarkus.gizmo.MethodCreator;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Takes the configuration of Dev Services out of production, where there are none. Quarkus wants {@code quarkus-devservices} on
 * the class path of each extension with a Dev Service, and that looks for running ones at every start and at every value that
 * is read, and makes a random number for it: a third of what this extension would add to a start.
 */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class NoDevServiceProcessor {

    private static final String PACKAGE = "io.quarkus.devservice.runtime.config.";

    @BuildStep
    void inProduction(LaunchModeBuildItem launchMode, BuildProducer<BytecodeTransformerBuildItem> transformers) {
        if (launchMode.getLaunchMode() == LaunchMode.NORMAL) {
            transformers.produce(withoutSource(PACKAGE + "DevServicesConfigBuilder"));
            transformers.produce(withoutSource(PACKAGE + "DevServicesOverrideConfigBuilder"));
        }
    }

    private static BytecodeTransformerBuildItem withoutSource(String configBuilder) {
        return new BytecodeTransformerBuildItem(configBuilder, (name, visitor) -> {
            ClassTransformer transformer = new ClassTransformer(name);
            transformer.removeMethod("configBuilder", SmallRyeConfigBuilder.class, SmallRyeConfigBuilder.class);
            try (MethodCreator method = transformer.addMethod("configBuilder", SmallRyeConfigBuilder.class,
                    SmallRyeConfigBuilder.class)) {
                method.returnValue(method.getMethodParam(0));
            }
            return transformer.applyTo(visitor);
        });
    }
}
