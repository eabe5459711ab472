package io.quarkiverse.deviceauthorization.deployment;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.BridgeRecorder;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/**
 * Where the MCP client of LangChain4j is, a device authorization client authorizes the MCP client of the same name. A token
 * goes to no other: whom it is meant for is only known where somebody has said so.
 */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class McpProcessor {

    private static final Logger LOG = Logger.getLogger(McpProcessor.class);

    private static final DotName AUTH_PROVIDER = DotName
            .createSimple("io.quarkiverse.langchain4j.mcp.auth.McpClientAuthProvider");
    private static final DotName CLIENT_NAME = DotName.createSimple("io.quarkiverse.langchain4j.mcp.runtime.McpClientName");

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void authProviders(BridgeRecorder recorder, BeanDiscoveryFinishedBuildItem discovered, List<ClientBuildItem> clients,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        if (!QuarkusClassLoader.isClassPresentAtRuntime(AUTH_PROVIDER.toString())) {
            return;
        }
        List<BeanInfo> others = discovered.beanStream().filter(bean -> bean.hasType(AUTH_PROVIDER)).collect();
        if (others.stream().anyMatch(bean -> bean.getQualifier(CLIENT_NAME).isEmpty())) {
            LOG.debugf("MCP clients are authorized by %s, and not by device authorization clients of the same name", others);
            return;
        }
        Set<String> names = new TreeSet<>(ClientsProcessor.names(clients));
        names.removeAll(others.stream().map(bean -> bean.getQualifier(CLIENT_NAME).get().value().asString())
                .collect(Collectors.toSet()));
        names.remove(DeviceAuthorizationName.DEFAULT);
        for (String name : names) {
            AnnotationInstance named = AnnotationInstance.builder(DeviceAuthorizationName.class).add("value", name).build();
            beans.produce(SyntheticBeanBuildItem.configure(AUTH_PROVIDER)
                    .scope(Singleton.class)
                    .unremovable() // looked up in code
                    .addQualifier().annotation(CLIENT_NAME).addValue("value", name).done()
                    .setRuntimeInit()
                    .addInjectionPoint(ClientsProcessor.instanceOf(ClassType.create(DeviceAuthorization.class)), named)
                    .addInjectionPoint(ClientsProcessor.instanceOf(ClassType.create(ReactiveDeviceAuthorization.class)), named)
                    .createWith(recorder.mcpClientAuthProvider(name))
                    .done());
        }
    }
}
