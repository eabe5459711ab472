package io.quarkiverse.deviceauthorization.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigSources;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.config.RequiredKeys;
import io.quarkiverse.deviceauthorization.runtime.config.SecretKeys;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.pkg.NativeConfig;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/**
 * Warns when secrets are written into a file that becomes part of a production build: whoever gets the JAR, the image or the
 * sources has them. From an executable that people are given, they can't be kept in any way (RFC 8628 §5.6).
 */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class ShippedSecretProcessor {

    private static final Logger LOG = Logger.getLogger(ShippedSecretProcessor.class);

    private static final String CLIENT_SECRET = "credentials.secret";
    private static final String WRITTEN = "is written where it becomes part of the application, for everybody who gets its JAR,"
            + " its image or its sources. Set it where the application runs, or write an expression such as ${TV_SECRET}";
    private static final String GIVEN_AWAY = "becomes part of a native program without a server, and is known to everybody who"
            + " gets it. Register a public client at the provider (RFC 8628 §5.6), or set it where the program runs";

    @BuildStep
    @Produce(ValidationErrorBuildItem.class)
    void warn(List<ClientBuildItem> clients, Capabilities capabilities, LaunchModeBuildItem launchMode,
            NativeConfig nativeBuild) {
        if (launchMode.getLaunchMode() != LaunchMode.NORMAL) {
            return;
        }
        boolean givenAway = nativeBuild.enabled() && capabilities.isMissing(Capability.VERTX_HTTP);
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        Set<String> names = WrittenConfig.clients();
        names.addAll(ClientsProcessor.names(clients));
        NavigableSet<String> keys = WrittenConfig.keys();
        List<ConfigProblem> shipped = new ArrayList<>();
        for (String name : names) {
            for (String key : secrets(WrittenConfig.of(name, keys))) {
                if (isShipped(config, key)) {
                    shipped.add(new ConfigProblem(key, givenAway ? GIVEN_AWAY : WRITTEN));
                }
            }
        }
        if (!shipped.isEmpty()) {
            LOG.warn(KeysOfExtension.text("Secrets of device authorization are in the application:", shipped));
        }
    }

    /** @return the keys of a client that hold secrets; one that the provider demands of every program is none */
    static List<String> secrets(ConfigValues values) {
        List<String> keys = new ArrayList<>();
        for (String member : values.members()) {
            if (SecretKeys.isSecret(member) && !(member.equals(CLIENT_SECRET) && RequiredKeys.needsSecret(values))) {
                keys.add(values.key(member));
            }
        }
        return keys;
    }

    private static boolean isShipped(SmallRyeConfig config, String key) {
        try {
            return isShipped(config.getConfigValue(key));
        } catch (NoSuchElementException e) {
            return false; // an expression whose variable comes at run time
        }
    }

    /** @return whether it is a text that is in a file of the application, and no expression */
    static boolean isShipped(ConfigValue value) {
        String raw = value.getRawValue();
        return raw != null && !raw.isEmpty() && !raw.contains("${") && ConfigSources.isPackaged(value);
    }
}
