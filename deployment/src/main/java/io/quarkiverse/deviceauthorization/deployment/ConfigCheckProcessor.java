package io.quarkiverse.deviceauthorization.deployment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationRecorder;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfigCheck;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigAdvice;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;
import io.quarkiverse.deviceauthorization.runtime.config.RequiredKeys;
import io.quarkiverse.deviceauthorization.runtime.config.UnknownKeys;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ConfigurationBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The net at build time: whatever is configured already and is wrong, of every client at once, is an error now rather than at
 * the start. What is missing may come at run time. What works, but not as most people want, is a warning.
 */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class ConfigCheckProcessor {

    private static final Logger LOG = Logger.getLogger(ConfigCheckProcessor.class);

    @BuildStep
    void check(List<ClientBuildItem> clients, DeviceAuthorizationFixedConfig fixed, LaunchModeBuildItem launchMode,
            ConfigurationBuildItem configuration, BuildProducer<ValidationErrorBuildItem> errors) {
        boolean production = launchMode.getLaunchMode() == LaunchMode.NORMAL;
        Set<String> injected = ClientsProcessor.names(clients);
        List<ConfigProblem> wrong = new ArrayList<>(names(injected));
        wrong.addAll(KeysOfExtension.of(configuration, ConfigKeys.PREFIX).misspelt());
        List<ConfigProblem> advice = new ArrayList<>();
        NavigableSet<String> keys = WrittenConfig.keys();
        Set<String> all = WrittenConfig.clients();
        all.addAll(injected);
        for (String client : all) {
            ConfigValues values = WrittenConfig.of(client, keys);
            wrong.addAll(ClientConfigCheck.wrong(values, production));
            advice.addAll(ConfigAdvice.of(values));
        }
        if (!advice.isEmpty()) {
            LOG.warn(KeysOfExtension.text("What to think about in the configuration of device authorization:", advice));
        }
        List<ConfigProblem> missing = new ArrayList<>();
        if (production) {
            injected.stream().map(client -> WrittenConfig.of(client, keys)).filter(values -> !values.isInactive())
                    .forEach(values -> missing.addAll(RequiredKeys.missing(values)));
        }
        if (fixed.requireAtBuild()) {
            wrong.addAll(missing);
        } else if (!missing.isEmpty()) {
            LOG.warn(
                    KeysOfExtension.text(
                            "Injected device authorization clients still lack keys, which have to be there at run"
                                    + " time (quarkus.device-authorization.require-at-build=true makes this an error):",
                            missing));
        }
        if (!wrong.isEmpty()) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                    KeysOfExtension.text("The configuration of device authorization is wrong:", wrong))));
        }
    }

    /**
     * The nets at start-up. A client that is injected directly, or whose tokens a REST client sends, has to be usable then; one
     * that is looked up in code can also be asked whether it is. What Arc has removed, since nobody uses it, needs no client.
     */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void checkAtStartUp(DeviceAuthorizationRecorder recorder, StartupCheckBuildItem check, ValidationPhaseBuildItem validation,
            ConfigurationBuildItem configuration, List<FilteredRestClientBuildItem> restClients) {
        Set<InjectionPointInfo> direct = Collections.newSetFromMap(new IdentityHashMap<>());
        direct.addAll(validation.getContext().getInjectionPoints());
        direct.removeIf(InjectionPointInfo::isProgrammaticLookup);
        validation.getContext().removedBeans().forEach(bean -> bean.getAllInjectionPoints().forEach(direct::remove));
        List<String> sent = restClients.stream().flatMap(restClient -> restClient.clients().stream()).distinct().sorted()
                .toList();
        KeysOfExtension keys = KeysOfExtension.of(configuration, ConfigKeys.PREFIX);
        recorder.check(check.check(), List.copyOf(ClientsProcessor.names(direct)), sent, keys.ofClients(), keys.others());
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    StartupCheckBuildItem startupCheck(DeviceAuthorizationRecorder recorder) {
        return new StartupCheckBuildItem(recorder.startupCheck());
    }

    private static List<ConfigProblem> names(Set<String> injected) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String name : injected) {
            if (name.isBlank()) {
                problems.add(new ConfigProblem(ConfigKeys.key(name, "*"), "a client is injected by a blank name. Name it in"
                        + " @DeviceAuthorizationName, or leave the annotation out for the default client"));
            } else if (ConfigKeys.RESERVED_NAMES.contains(name)) {
                problems.add(new ConfigProblem(ConfigKeys.key(name, "*"), UnknownKeys.reserved(name)));
            }
        }
        return problems;
    }
}
