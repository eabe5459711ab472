package io.quarkiverse.deviceauthorization.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfigCheck;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/**
 * The net at build time: whatever is configured already and is wrong, of every client at once, is an error now rather than at
 * the start. What is missing may come at run time.
 */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class ConfigCheckProcessor {

    private static final Logger LOG = Logger.getLogger(ConfigCheckProcessor.class);
    private static final Pattern NAMED = Pattern.compile("(?:\"([^\"]*)\"|([^.\"]+))\\..+");

    @BuildStep
    void check(List<ClientBuildItem> clients, DeviceAuthorizationFixedConfig fixed, LaunchModeBuildItem launchMode,
            BuildProducer<ValidationErrorBuildItem> errors) {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        boolean production = launchMode.getLaunchMode() == LaunchMode.NORMAL;
        Set<String> injected = ClientsProcessor.names(clients);
        List<ConfigProblem> wrong = new ArrayList<>(names(injected));
        Set<String> all = configured(config);
        all.addAll(injected);
        for (String client : all) {
            wrong.addAll(ClientConfigCheck.wrong(values(config, client), production));
        }
        List<ConfigProblem> missing = new ArrayList<>();
        if (production) {
            injected.forEach(client -> missing.addAll(ClientConfigCheck.missing(values(config, client))));
        }
        if (fixed.requireAtBuild()) {
            wrong.addAll(missing);
        } else if (!missing.isEmpty()) {
            LOG.warn(
                    ClientConfigCheck.text(
                            "Injected device authorization clients still lack keys, which have to be there at run"
                                    + " time (quarkus.device-authorization.require-at-build=true makes this an error):",
                            missing));
        }
        if (!wrong.isEmpty()) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                    ClientConfigCheck.text("The configuration of device authorization is wrong:", wrong))));
        }
    }

    private static List<ConfigProblem> names(Set<String> injected) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String name : injected) {
            if (name.isBlank()) {
                problems.add(new ConfigProblem(ConfigKeys.key(name, "*"), "a client is injected by a blank name. Name it in"
                        + " @DeviceAuthorizationName, or leave the annotation out for the default client"));
            } else if (ConfigKeys.RESERVED_NAMES.contains(name)) {
                problems.add(new ConfigProblem(ConfigKeys.key(name, "*"), "'" + name + "' can't name a client, since the keys"
                        + " would be those of the extension or of the default client. Choose another name in"
                        + " @DeviceAuthorizationName"));
            }
        }
        return problems;
    }

    /** The clients that have keys: the default one, and the names in front of a key, with or without quotes. */
    private static Set<String> configured(SmallRyeConfig config) {
        Set<String> names = new TreeSet<>();
        names.add(DeviceAuthorizationName.DEFAULT);
        for (String key : config.getPropertyNames()) {
            if (key.startsWith(ConfigKeys.PREFIX)) {
                Matcher named = NAMED.matcher(key.substring(ConfigKeys.PREFIX.length()));
                if (named.matches() && !ConfigKeys.RESERVED_NAMES.contains(String.valueOf(named.group(2)))) {
                    names.add(named.group(1) != null ? named.group(1) : named.group(2));
                }
            }
        }
        return names;
    }

    private static ConfigValues values(SmallRyeConfig config, String client) {
        return new ConfigValues(client, key -> value(config, key), config.getPropertyNames());
    }

    private static Optional<String> value(SmallRyeConfig config, String key) {
        try {
            ConfigValue value = config.getConfigValue(key);
            return value.getValue() == null && value.getRawValue() != null ? Optional.of(ConfigValues.UNRESOLVED)
                    : Optional.ofNullable(value.getValue());
        } catch (NoSuchElementException e) {
            return Optional.of(ConfigValues.UNRESOLVED); // an expression whose variable comes at run time
        }
    }
}
