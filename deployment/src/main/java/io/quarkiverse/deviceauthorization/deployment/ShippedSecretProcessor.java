package io.quarkiverse.deviceauthorization.deployment;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.config.RequiredKeys;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.pkg.steps.NativeOrNativeSourcesBuild;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/**
 * Warns when the secret of a client goes into an executable that people are given: a client on a device can't keep one
 * (RFC 8628 §5.6). A server can.
 */
@SuppressWarnings("deprecation") // nothing else stands for both kinds of native builds
@BuildSteps(onlyIf = { DeviceAuthorizationEnabled.class, NativeOrNativeSourcesBuild.class })
class ShippedSecretProcessor {

    private static final Logger LOG = Logger.getLogger(ShippedSecretProcessor.class);

    @BuildStep
    @Produce(ValidationErrorBuildItem.class)
    void warn(List<ClientBuildItem> clients, Capabilities capabilities) {
        if (capabilities.isMissing(Capability.VERTX_HTTP)) {
            SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
            clients.forEach(client -> secrets(WrittenConfig.of(client.name()))
                    .forEach(key -> warning(key, config::getConfigValue).ifPresent(LOG::warn)));
        }
    }

    /** @return the keys whose values a program must not ship; a secret that the provider demands of everybody is none */
    static List<String> secrets(ConfigValues values) {
        return Stream.of("credentials.secret", "credentials.jwt.key", "credentials.bearer-token")
                .filter(member -> !member.equals("credentials.secret") || !RequiredKeys.needsSecret(values))
                .map(values::key).toList();
    }

    /**
     * @param key the key of a client's secret
     * @param lookup finds a value
     * @return what to say if its secret comes from a file that becomes part of the executable
     */
    static Optional<String> warning(String key, Function<String, ConfigValue> lookup) {
        ConfigValue secret = lookup.apply(key);
        String source = secret.getConfigSourceName();
        boolean literal = secret.getRawValue() != null && !secret.getRawValue().contains("${");
        return literal && source != null && source.contains("application")
                ? Optional.of(key
                        + " becomes part of a native program without a server, and is known to everybody who gets it. Register a"
                        + " public client at the provider (RFC 8628 §5.6), or set " + ConfigKeys.environmentVariable(key)
                        + " where the program runs")
                : Optional.empty();
    }
}
