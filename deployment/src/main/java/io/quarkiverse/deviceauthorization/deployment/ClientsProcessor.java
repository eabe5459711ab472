package io.quarkiverse.deviceauthorization.deployment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationRecorder;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/** Finds the clients that the application injects, and makes a bean of each kind for each of them. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class ClientsProcessor {

    private static final Set<DotName> TYPES = Set.of(DotName.createSimple(DeviceAuthorization.class),
            DotName.createSimple(ReactiveDeviceAuthorization.class));
    private static final DotName NAME = DotName.createSimple(DeviceAuthorizationName.class);

    @BuildStep
    void find(BeanDiscoveryFinishedBuildItem beans, BuildProducer<ClientBuildItem> clients) {
        Set<String> names = new TreeSet<>();
        for (InjectionPointInfo injectionPoint : beans.getInjectionPoints()) {
            Type type = injectionPoint.isProgrammaticLookup() && injectionPoint.getType().kind() == Type.Kind.PARAMETERIZED_TYPE
                    ? injectionPoint.getType().asParameterizedType().arguments().get(0)
                    : injectionPoint.getRequiredType();
            if (TYPES.contains(type.name())) {
                AnnotationInstance name = injectionPoint.getRequiredQualifier(NAME);
                if (name != null) {
                    names.add(name.value().asString());
                } else if (injectionPoint.hasDefaultedQualifier()
                        || injectionPoint.getRequiredQualifier(DotName.createSimple(Default.class)) != null) {
                    names.add(DeviceAuthorizationName.DEFAULT);
                }
            }
        }
        names.forEach(name -> clients.produce(new ClientBuildItem(name)));
    }

    /** The default client can be looked up in code even where nothing injects it. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void beans(DeviceAuthorizationRecorder recorder, List<ClientBuildItem> clients,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        Set<String> names = names(clients);
        recorder.check(List.copyOf(names));
        names.add(DeviceAuthorizationName.DEFAULT);
        for (String name : names) {
            beans.produce(bean(DeviceAuthorization.class, name, recorder)
                    .createWith(recorder.blocking(name)).done());
            beans.produce(bean(ReactiveDeviceAuthorization.class, name, recorder)
                    .createWith(recorder.reactive(name)).done());
        }
    }

    static Set<String> names(List<ClientBuildItem> clients) {
        Set<String> names = new TreeSet<>();
        clients.forEach(client -> names.add(client.name()));
        return names;
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator bean(Class<?> type, String name,
            DeviceAuthorizationRecorder recorder) {
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(type)
                .scope(ApplicationScoped.class)
                .unremovable()
                .setRuntimeInit()
                .checkActive(recorder.checkActive(name))
                .addInjectionPoint(ClassType.create(DeviceAuthorizationClients.class));
        if (DeviceAuthorizationName.DEFAULT.equals(name)) {
            return bean.addQualifier(Default.class);
        }
        return bean.addQualifier().annotation(NAME).addValue("value", name).done();
    }
}
