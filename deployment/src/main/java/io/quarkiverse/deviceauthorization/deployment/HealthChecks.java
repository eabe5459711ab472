package io.quarkiverse.deviceauthorization.deployment;

import java.util.Optional;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.DotName;

import io.quarkiverse.deviceauthorization.runtime.config.HealthKind;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;

/** Where health checks are found, which their annotations say. */
public final class HealthChecks {

    private static final DotName READINESS = DotName.createSimple("org.eclipse.microprofile.health.Readiness");
    private static final DotName WELLNESS = DotName.createSimple("io.smallrye.health.api.Wellness");
    private static final DotName GROUP = DotName.createSimple("io.smallrye.health.api.HealthGroup");

    private HealthChecks() {
    }

    /**
     * @param check the class of a readiness check
     * @param kind what it is instead
     * @param group the health group that it is in too
     * @return changes its annotations
     */
    public static AnnotationsTransformerBuildItem place(String check, HealthKind kind, Optional<String> group) {
        return new AnnotationsTransformerBuildItem(AnnotationTransformation.forClasses()
                .whenClass(DotName.createSimple(check)).transform(annotations -> {
                    if (kind == HealthKind.WELLNESS) {
                        annotations.remove(annotation -> annotation.name().equals(READINESS));
                        annotations.add(AnnotationInstance.builder(WELLNESS).build());
                    }
                    group.ifPresent(name -> annotations.add(AnnotationInstance.builder(GROUP).add("value", name).build()));
                }));
    }
}
