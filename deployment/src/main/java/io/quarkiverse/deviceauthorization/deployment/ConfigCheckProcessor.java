package io.quarkiverse.deviceauthorization.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.runtime.config.ClientConfigCheck;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;
import io.quarkiverse.deviceauthorization.runtime.config.RequiredKeys;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The net at build time: whatever is configured already and is wrong, of every client at once, is an error now rather than at
 * the start. What is missing may come at run time.
 */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class ConfigCheckProcessor {

    private static final Logger LOG = Logger.getLogger(ConfigCheckProcessor.class);

    @BuildStep
    void check(List<ClientBuildItem> clients, DeviceAuthorizationFixedConfig fixed, LaunchModeBuildItem launchMode,
            BuildProducer<ValidationErrorBuildItem> errors) {
        boolean production = launchMode.getLaunchMode() == LaunchMode.NORMAL;
        Set<String> injected = ClientsProcessor.names(clients);
        List<ConfigProblem> wrong = new ArrayList<>(names(injected));
        Set<String> all = WrittenConfig.clients();
        all.addAll(injected);
        for (String client : all) {
            wrong.addAll(ClientConfigCheck.wrong(WrittenConfig.of(client), production));
        }
        List<ConfigProblem> missing = new ArrayList<>();
        if (production) {
            injected.forEach(client -> missing.addAll(RequiredKeys.missing(WrittenConfig.of(client))));
        }
        if (fixed.requireAtBuild()) {
            wrong.addAll(missing);
        } else if (!missing.isEmpty()) {
            LOG.warn(
                    ConfigProblem.text(
                            "Injected device authorization clients still lack keys, which have to be there at run"
                                    + " time (quarkus.device-authorization.require-at-build=true makes this an error):",
                            missing));
        }
        if (!wrong.isEmpty()) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                    ConfigProblem.text("The configuration of device authorization is wrong:", wrong))));
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
}
