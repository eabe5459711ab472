package io.quarkiverse.deviceauthorization.deployment;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkiverse.deviceauthorization.runtime.filter.AnnotatedFilter;
import io.quarkiverse.deviceauthorization.runtime.filter.FilterClients;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.GeneratedBeanBuildItem;
import io.quarkus.arc.deployment.GeneratedBeanGizmo2Adaptor;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.ParamVar;
import io.quarkus.gizmo2.desc.ConstructorDesc;
import io.quarkus.rest.client.reactive.deployment.RegisterProviderAnnotationInstanceBuildItem;
import io.quarkus.resteasy.reactive.common.deployment.ResourceScanningResultBuildItem;

/** Gives each REST client with {@link DeviceAuthorizationFilter} a filter. Without any, nothing is added to the application. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class RestClientFilterProcessor {

    static final DotName FILTER = DotName.createSimple(DeviceAuthorizationFilter.class);

    @BuildStep
    void find(CombinedIndexBuildItem index, Optional<ResourceScanningResultBuildItem> scanned,
            BuildProducer<FilteredRestClientBuildItem> restClients) {
        Collection<AnnotationInstance> annotations = index.getIndex().getAnnotations(FILTER);
        if (annotations.isEmpty()) {
            return;
        }
        new RestClientInterfaces(index.getIndex(), scanned).all().forEach((restClient, interfaces) -> {
            SortedSet<String> names = annotations.stream()
                    .filter(annotation -> interfaces.contains(RestClientInterfaces.declaring(annotation).name()))
                    .map(RestClientFilterProcessor::name).filter(name -> !name.isBlank())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!names.isEmpty()) {
                restClients.produce(new FilteredRestClientBuildItem(restClient, names, interfaces));
            }
        });
    }

    static String name(AnnotationInstance annotation) {
        return annotation.value() == null ? DeviceAuthorizationName.DEFAULT : annotation.value().asString();
    }

    @BuildStep
    void clients(List<FilteredRestClientBuildItem> restClients, BuildProducer<ClientBuildItem> clients) {
        restClients.stream().flatMap(restClient -> restClient.clients().stream()).distinct().sorted()
                .forEach(name -> clients.produce(new ClientBuildItem(name)));
    }

    /** {@code class … extends AnnotatedFilter { …(FilterClients clients) { super(clients, RestClient.class); } }} */
    @BuildStep
    void filters(List<FilteredRestClientBuildItem> restClients, BuildProducer<GeneratedBeanBuildItem> beans) {
        Gizmo gizmo = Gizmo.create(new GeneratedBeanGizmo2Adaptor(beans));
        for (FilteredRestClientBuildItem restClient : restClients) {
            gizmo.class_(restClient.filter(), type -> {
                type.extends_(AnnotatedFilter.class);
                type.addAnnotation(Singleton.class);
                type.constructor(constructor -> {
                    constructor.addAnnotation(Inject.class);
                    ParamVar clients = constructor.parameter("clients", FilterClients.class);
                    constructor.body(body -> {
                        body.invokeSpecial(ConstructorDesc.of(AnnotatedFilter.class, FilterClients.class, Class.class),
                                type.this_(), clients, Const.of(ClassDesc.of(restClient.restClient().toString())));
                        body.return_();
                    });
                });
            });
        }
    }

    @BuildStep
    void keep(List<FilteredRestClientBuildItem> restClients, BuildProducer<UnremovableBeanBuildItem> beans) {
        restClients.forEach(restClient -> beans.produce(UnremovableBeanBuildItem.beanClassNames(restClient.filter())));
    }

    /** First of all filters, on the caller's thread: others may leave it. */
    @BuildStep
    void register(List<FilteredRestClientBuildItem> restClients,
            BuildProducer<RegisterProviderAnnotationInstanceBuildItem> providers) {
        for (FilteredRestClientBuildItem restClient : restClients) {
            AnnotationTarget none = null;
            providers.produce(new RegisterProviderAnnotationInstanceBuildItem(restClient.restClient().toString(),
                    AnnotationInstance.create(DotName.createSimple(RegisterProvider.class), none, List.of(
                            AnnotationValue.createClassValue("value",
                                    ClassType.create(DotName.createSimple(restClient.filter()))),
                            AnnotationValue.createIntegerValue("priority", Integer.MIN_VALUE)))));
        }
    }

    @BuildStep
    void bean(List<FilteredRestClientBuildItem> restClients, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (!restClients.isEmpty()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(FilterClients.class));
        }
    }

    /** Annotations of methods and parameters are read when they are called. */
    @BuildStep
    void reflection(List<FilteredRestClientBuildItem> restClients, BuildProducer<ReflectiveClassBuildItem> classes) {
        List<String> names = new ArrayList<>();
        restClients.forEach(restClient -> restClient.interfaces().forEach(name -> names.add(name.toString())));
        if (!names.isEmpty()) {
            classes.produce(
                    ReflectiveClassBuildItem.builder(names.stream().distinct().sorted().toArray(String[]::new)).methods()
                            .reason(getClass().getName()).build());
        }
    }

    /** Whoever lets REST clients log their requests sees no tokens, unless they say which headers to hide by themselves. */
    @BuildStep
    void mask(List<FilteredRestClientBuildItem> restClients, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (!restClients.isEmpty()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.rest-client.logging.masked-headers",
                    "Authorization,Cookie,DPoP"));
        }
    }
}
