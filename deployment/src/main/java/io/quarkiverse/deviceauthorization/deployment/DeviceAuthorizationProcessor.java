package io.quarkiverse.deviceauthorization.deployment;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.endpoint.AuthorizationServerApi;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;

/** What every application with this extension gets. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class DeviceAuthorizationProcessor {

    static final String FEATURE = "device-authorization";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    AdditionalBeanBuildItem clients() {
        return AdditionalBeanBuildItem.builder().setUnremovable()
                // a qualifier that no injection point uses has to be indexed by hand
                .addBeanClasses(DeviceAuthorizationClients.class, DeviceAuthorizationName.class)
                .build();
    }

    /** The REST client extension generates an implementation of every interface with a path that it finds in the index. */
    @BuildStep
    AdditionalIndexedClassesBuildItem restClient() {
        return new AdditionalIndexedClassesBuildItem(AuthorizationServerApi.class.getName());
    }

    /** Those of the application are found in the same way. */
    @BuildStep
    NativeImageResourcePatternsBuildItem wordsOfPrompts() {
        return NativeImageResourcePatternsBuildItem.builder()
                .includeGlob("META-INF/device-authorization/prompt_*.properties").build();
    }

    @BuildStep
    ExtensionSslNativeSupportBuildItem ssl() {
        return new ExtensionSslNativeSupportBuildItem(FEATURE);
    }
}
