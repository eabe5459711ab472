package io.quarkiverse.deviceauthorization.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ConfigurationBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMappings.ConfigClass;

/**
 * Finds keys of this extension and its companions that are to be true or false and are neither. Quarkus reads them as false,
 * without a word: a misspelt {@code enabled} would take the extension out of the application. So this runs also where it has.
 */
class FlagsProcessor {

    private static final Pattern EXTENSION = Pattern.compile("quarkus\\.device-authorization[a-z-]*");

    @BuildStep
    void check(ConfigurationBuildItem configuration, BuildProducer<ValidationErrorBuildItem> errors) {
        List<ConfigProblem> wrong = new ArrayList<>();
        for (String prefix : prefixes(configuration)) {
            wrong.addAll(KeysOfExtension.of(configuration, prefix).wrongFlags());
        }
        if (!wrong.isEmpty()) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                    KeysOfExtension.text("The configuration of device authorization is wrong:", wrong))));
        }
    }

    /** @return what the keys begin with of each of the extensions that are there, with the dot */
    private static Set<String> prefixes(ConfigurationBuildItem configuration) {
        Set<String> prefixes = new TreeSet<>();
        for (ConfigClass mapping : configuration.getReadResult().getAllMappings()) {
            Matcher extension = EXTENSION.matcher(mapping.getPrefix());
            if (extension.lookingAt()) {
                prefixes.add(extension.group() + ".");
            }
        }
        return prefixes;
    }
}
