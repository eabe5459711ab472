package io.quarkiverse.deviceauthorization.deployment;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.resteasy.reactive.common.processor.scanning.ResourceScanningResult;

import io.quarkus.resteasy.reactive.common.deployment.ResourceScanningResultBuildItem;

/** The REST clients of an application, each with the interfaces that it is made of: what it extends, and sub-resources. */
final class RestClientInterfaces {

    private final IndexView index;
    private final Collection<DotName> httpMethods;
    private final SortedMap<DotName, SortedSet<DotName>> restClients = new TreeMap<>();

    RestClientInterfaces(IndexView index, Optional<ResourceScanningResultBuildItem> scanned) {
        this.index = index;
        this.httpMethods = scanned.map(ResourceScanningResultBuildItem::getResult)
                .map(ResourceScanningResult::getHttpAnnotationToMethod).orElse(Map.of()).keySet();
        scanned.map(ResourceScanningResultBuildItem::getResult).map(ResourceScanningResult::getClientInterfaces)
                .orElse(Map.of())
                .keySet().forEach(restClient -> collect(restClient, restClients.computeIfAbsent(restClient,
                        name -> new TreeSet<>())));
    }

    private void collect(DotName name, SortedSet<DotName> interfaces) {
        ClassInfo type = index.getClassByName(name);
        if (type == null || !type.isInterface() || !interfaces.add(name)) {
            return;
        }
        type.interfaceNames().forEach(parent -> collect(parent, interfaces));
        type.methods().stream().filter(method -> Modifier.isAbstract(method.flags()) && !isCall(method))
                .forEach(method -> collect(method.returnType().name(), interfaces));
    }

    private boolean isCall(MethodInfo method) {
        return httpMethods.stream().anyMatch(method::hasDeclaredAnnotation);
    }

    /** @return the interfaces of each REST client */
    SortedMap<DotName, SortedSet<DotName>> all() {
        return restClients;
    }

    /** @return whether the annotation is on a REST client, or on a method that makes a call */
    boolean contain(AnnotationInstance annotation) {
        AnnotationTarget target = annotation.target();
        return target.kind() == AnnotationTarget.Kind.METHOD ? haveCall(target.asMethod()) : contain(target.asClass());
    }

    /** @return whether the method of a REST client makes a call */
    boolean haveCall(MethodInfo method) {
        return isCall(method) && contain(method.declaringClass());
    }

    /** @return whether one of these annotations is on the method, or on an interface of a REST client that has the method */
    boolean areFiltered(MethodInfo method, Collection<AnnotationInstance> filters) {
        for (SortedSet<DotName> interfaces : restClients.values()) {
            boolean has = interfaces.contains(method.declaringClass().name());
            for (AnnotationInstance filter : has ? filters : List.<AnnotationInstance> of()) {
                AnnotationTarget target = filter.target();
                if (target.kind() == AnnotationTarget.Kind.METHOD ? target.asMethod().equals(method)
                        : interfaces.contains(target.asClass().name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean contain(ClassInfo type) {
        return restClients.values().stream().anyMatch(interfaces -> interfaces.contains(type.name()));
    }

    static ClassInfo declaring(AnnotationInstance annotation) {
        AnnotationTarget target = annotation.target();
        return target.kind() == AnnotationTarget.Kind.METHOD ? target.asMethod().declaringClass() : target.asClass();
    }
}
