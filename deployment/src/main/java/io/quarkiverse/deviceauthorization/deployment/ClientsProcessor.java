package io.quarkiverse.deviceauthorization.deployment;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationRecorder;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeansRuntimeInitBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Consume;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;

/** Finds the clients that the application injects, and makes a bean of each kind for each of them. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class ClientsProcessor {

    private static final Set<DotName> TYPES = Set.of(DotName.createSimple(DeviceAuthorization.class),
            DotName.createSimple(ReactiveDeviceAuthorization.class));
    /** Types of another extension, which are its own unless they are named. */
    private static final Set<DotName> NAMED_TYPES = Set.of(OidcClientProcessor.OIDC_CLIENT, OidcClientProcessor.TOKENS);
    private static final DotName NAME = DotName.createSimple(DeviceAuthorizationName.class);

    @BuildStep
    void find(BeanDiscoveryFinishedBuildItem beans, BuildProducer<ClientBuildItem> clients) {
        names(beans.getInjectionPoints()).forEach(name -> clients.produce(new ClientBuildItem(name)));
    }

    /** @return the names of the clients that are injected here */
    static Set<String> names(Collection<InjectionPointInfo> injectionPoints) {
        Set<String> names = new TreeSet<>();
        for (InjectionPointInfo injectionPoint : injectionPoints) {
            Type type = injectionPoint.isProgrammaticLookup() && injectionPoint.getType().kind() == Type.Kind.PARAMETERIZED_TYPE
                    ? injectionPoint.getType().asParameterizedType().arguments().get(0)
                    : injectionPoint.getRequiredType();
            AnnotationInstance name = injectionPoint.getRequiredQualifier(NAME);
            if (name != null && (TYPES.contains(type.name()) || NAMED_TYPES.contains(type.name()))) {
                names.add(name.value().asString());
            } else if (TYPES.contains(type.name()) && (injectionPoint.hasDefaultedQualifier()
                    || injectionPoint.getRequiredQualifier(DotName.createSimple(Default.class)) != null)) {
                names.add(DeviceAuthorizationName.DEFAULT);
            }
        }
        return names;
    }

    /** The default client can be looked up in code even where nothing injects it. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void beans(DeviceAuthorizationRecorder recorder, StartupCheckBuildItem check, List<ClientBuildItem> clients,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        Set<String> names = names(clients);
        names.add(DeviceAuthorizationName.DEFAULT);
        for (String name : names) {
            beans.produce(bean(DeviceAuthorization.class, name, recorder, check)
                    .createWith(recorder.blocking(name)).done());
            beans.produce(bean(ReactiveDeviceAuthorization.class, name, recorder, check)
                    .createWith(recorder.reactive(name)).done());
        }
    }

    /** Whoever started a flow and followed it may be gone. What starts after the clients of stores is closed before them. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    @Consume(SyntheticBeansRuntimeInitBuildItem.class)
    ServiceStartBuildItem takeOver(DeviceAuthorizationRecorder recorder, StartupCheckBuildItem check,
            List<ClientBuildItem> clients, ValidationPhaseBuildItem validation) {
        if (!validation.getContext().beans().withBeanType(AuthorizationStore.class).isEmpty()) {
            recorder.takeOver(check.check(), List.copyOf(names(clients)));
        }
        return new ServiceStartBuildItem("device-authorization");
    }

    /**
     * The environment can't spell every name: {@code __SET_TOP_BOX__} is {@code set-top-box} only where some key has that name.
     */
    @BuildStep
    void nameForEnvironment(List<ClientBuildItem> clients, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        NavigableSet<String> keys = WrittenConfig.keys();
        for (String name : names(clients)) {
            if (!name.isBlank() && !ConfigKeys.isSpeltByEnvironment(name)) {
                defaults.produce(new RunTimeConfigurationDefaultBuildItem(WrittenConfig.of(name, keys).key("active"), "true"));
            }
        }
    }

    /** @return an injection point that doesn't make the start fail when the client can't be used */
    static Type instanceOf(Type type) {
        return ParameterizedType.create(Instance.class, type);
    }

    static Set<String> names(List<ClientBuildItem> clients) {
        Set<String> names = new TreeSet<>();
        clients.forEach(client -> names.add(client.name()));
        return names;
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator bean(Class<?> type, String name,
            DeviceAuthorizationRecorder recorder, StartupCheckBuildItem check) {
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(type)
                .scope(ApplicationScoped.class)
                .unremovable()
                .setRuntimeInit()
                .checkActive(recorder.checkActive(check.check(), name))
                .addInjectionPoint(ClassType.create(DeviceAuthorizationClients.class));
        if (DeviceAuthorizationName.DEFAULT.equals(name)) {
            bean.addQualifier(Default.class);
        }
        // the default one too: whoever observes an event can select the client by the name that it carries
        return bean.addQualifier().annotation(NAME).addValue("value", name).done();
    }
}
