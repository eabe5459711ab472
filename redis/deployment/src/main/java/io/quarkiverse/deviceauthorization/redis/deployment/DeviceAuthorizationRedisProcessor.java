package io.quarkiverse.deviceauthorization.redis.deployment;

import java.util.List;

import io.quarkiverse.deviceauthorization.deployment.HealthChecks;
import io.quarkiverse.deviceauthorization.deployment.KeysOfExtension;
import io.quarkiverse.deviceauthorization.redis.runtime.DeviceAuthorizationRedisFixedConfig;
import io.quarkiverse.deviceauthorization.redis.runtime.DeviceAuthorizationRedisRecorder;
import io.quarkiverse.deviceauthorization.redis.runtime.RedisStoreProducer;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ConfigurationBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.redis.deployment.client.RequestedRedisClientBuildItem;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

/** Adds the store, and asks for the Redis client that it uses. */
@BuildSteps(onlyIf = DeviceAuthorizationRedisEnabled.class)
class DeviceAuthorizationRedisProcessor {

    private static final String PREFIX = "quarkus.device-authorization-redis.";

    private static final String CHECK = "io.quarkiverse.deviceauthorization.redis.runtime.DeviceAuthorizationStoreHealthCheck";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("device-authorization-redis");
    }

    @BuildStep
    AdditionalBeanBuildItem store() {
        return new AdditionalBeanBuildItem(RedisStoreProducer.class);
    }

    @BuildStep
    RequestedRedisClientBuildItem client(DeviceAuthorizationRedisFixedConfig config) {
        return new RequestedRedisClientBuildItem(config.clientName().orElse(RedisConfig.DEFAULT_CLIENT_NAME));
    }

    @BuildStep
    NativeImageResourcePatternsBuildItem scripts() {
        return NativeImageResourcePatternsBuildItem.builder()
                .includeGlob("io/quarkiverse/deviceauthorization/redis/runtime/*.lua").build();
    }

    @BuildStep
    void misspelt(ConfigurationBuildItem configuration, BuildProducer<ValidationErrorBuildItem> errors) {
        List<ConfigProblem> problems = KeysOfExtension.of(configuration, PREFIX).misspelt();
        if (!problems.isEmpty()) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                    KeysOfExtension.text("The configuration of the store in Redis is wrong:", problems))));
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void check(DeviceAuthorizationRedisRecorder recorder, ConfigurationBuildItem configuration) {
        recorder.check(KeysOfExtension.of(configuration, PREFIX).others());
    }

    @BuildStep
    void health(DeviceAuthorizationRedisFixedConfig config, Capabilities capabilities, BuildProducer<HealthBuildItem> checks) {
        if (capabilities.isPresent(Capability.SMALLRYE_HEALTH)) {
            checks.produce(new HealthBuildItem(CHECK, config.health().enabled()));
        }
    }

    @BuildStep
    AnnotationsTransformerBuildItem placeOfCheck(DeviceAuthorizationRedisFixedConfig config) {
        return HealthChecks.place(CHECK, config.health().kind(), config.health().group());
    }
}
