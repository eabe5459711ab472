package io.quarkiverse.deviceauthorization.deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationRequestFilter;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.resteasy.reactive.common.deployment.ResourceScanningResultBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Finds annotations that would have no effect, or another one than they seem to have. All of them are one error. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class FilterCheckProcessor {

    private static final DotName OWNER = DotName.createSimple(Owner.class);
    private static final DotName FILTER_IN_CODE = DotName.createSimple(DeviceAuthorizationRequestFilter.class);

    @BuildStep
    void check(CombinedIndexBuildItem combined, Optional<ResourceScanningResultBuildItem> scanned,
            BuildProducer<ValidationErrorBuildItem> errors) {
        IndexView index = combined.getIndex();
        Collection<AnnotationInstance> filters = index.getAnnotations(RestClientFilterProcessor.FILTER);
        Collection<AnnotationInstance> owners = index.getAnnotations(OWNER);
        if (filters.isEmpty() && owners.isEmpty()) {
            return;
        }
        RestClientInterfaces restClients = new RestClientInterfaces(index, scanned);
        boolean inCode = index.getKnownUsers(FILTER_IN_CODE).stream().anyMatch(user -> !user.name().equals(FILTER_IN_CODE));
        List<String> problems = new ArrayList<>();
        for (AnnotationInstance filter : filters) {
            if (!restClients.contain(filter)) {
                problems.add(
                        "@DeviceAuthorizationFilter of " + where(filter) + " has no effect. It belongs to the interface of a"
                                + " REST client, or to one of its methods with @GET, @POST or the like");
            }
            if (RestClientFilterProcessor.name(filter).isBlank()) {
                problems.add("@DeviceAuthorizationFilter of " + where(filter) + " has a blank name. Name a client, or leave the"
                        + " name out for the default one");
            }
        }
        for (AnnotationInstance owner : owners) {
            MethodParameterInfo parameter = owner.target().asMethodParameter();
            if (!restClients.haveCall(parameter.method())) {
                problems.add("@Owner of " + name(parameter.method()) + " has no effect. It belongs to a parameter of a REST"
                        + " client's method with @GET, @POST or the like");
            } else if (parameter.annotations().size() == 1) {
                problems.add(
                        "@Owner of " + name(parameter.method()) + " would be sent as the body. Add @NotBody to the parameter,"
                                + " or @HeaderParam or the like if it shall be sent");
            } else if (!inCode && !restClients.areFiltered(parameter.method(), filters)) {
                problems.add("@Owner of " + name(parameter.method()) + " has no effect, since nobody sends tokens there. Add"
                        + " @DeviceAuthorizationFilter to the method or its interface");
            }
        }
        if (!problems.isEmpty()) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                    "The REST clients with device authorization are wrong:\n"
                            + String.join("\n", problems.stream().sorted().map(problem -> "- " + problem).toList()))));
        }
    }

    private static String where(AnnotationInstance annotation) {
        AnnotationTarget target = annotation.target();
        return target.kind() == AnnotationTarget.Kind.METHOD ? name(target.asMethod()) : target.asClass().name().toString();
    }

    private static String name(MethodInfo method) {
        return method.declaringClass().name() + "." + method.name() + "()";
    }
}
