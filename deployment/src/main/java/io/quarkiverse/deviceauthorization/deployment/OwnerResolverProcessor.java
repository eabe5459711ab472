package io.quarkiverse.deviceauthorization.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Default;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.Type;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.BeanResolver;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Owners are found out by one bean at most, which is looked up by code: so nobody else would tell that there are two. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class OwnerResolverProcessor {

    private static final Type RESOLVER = ClassType.create(OwnerResolver.class);

    @BuildStep
    void check(ValidationPhaseBuildItem validation, List<ClientBuildItem> clients,
            BuildProducer<ValidationErrorBuildItem> errors) {
        List<String> problems = new ArrayList<>();
        ambiguous(validation.getBeanResolver(), AnnotationInstance.builder(Default.class).build(),
                "of all clients, and it isn't known which one counts. Give one of them @DeviceAuthorizationName, or remove it",
                problems);
        for (String name : ClientsProcessor.names(clients)) {
            ambiguous(validation.getBeanResolver(),
                    AnnotationInstance.builder(DeviceAuthorizationName.class).add("value", name).build(),
                    "of client '" + name + "', and it isn't known which one counts. Remove one", problems);
        }
        if (!problems.isEmpty()) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(String.join("\n", problems))));
        }
    }

    private static void ambiguous(BeanResolver beans, AnnotationInstance qualifier, String whose, List<String> problems) {
        Set<BeanInfo> found = beans.resolveBeans(RESOLVER, qualifier);
        try {
            if (found.size() > 1) {
                beans.resolveAmbiguity(found);
            }
        } catch (AmbiguousResolutionException e) {
            problems.add(found.stream().map(bean -> bean.getBeanClass().toString())
                    .collect(Collectors.toCollection(TreeSet::new)).stream().collect(Collectors.joining(" and "))
                    + " are each an OwnerResolver " + whose);
        }
    }
}
