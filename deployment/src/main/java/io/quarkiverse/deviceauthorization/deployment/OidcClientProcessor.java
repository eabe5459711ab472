package io.quarkiverse.deviceauthorization.deployment;

import java.util.List;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.BridgeRecorder;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationRecorder;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/** Where the OIDC client extension is, code that expects its types can be given a device authorization client. */
@BuildSteps(onlyIf = DeviceAuthorizationEnabled.class)
class OidcClientProcessor {

    static final DotName OIDC_CLIENT = DotName.createSimple("io.quarkus.oidc.client.OidcClient");
    static final DotName TOKENS = DotName.createSimple("io.quarkus.oidc.client.Tokens");

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void beans(BridgeRecorder bridge, DeviceAuthorizationRecorder recorder, StartupCheckBuildItem check,
            Capabilities capabilities, List<ClientBuildItem> clients, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (capabilities.isMissing(Capability.OIDC_CLIENT)) {
            return;
        }
        for (String name : ClientsProcessor.names(clients)) {
            AnnotationInstance named = AnnotationInstance.builder(DeviceAuthorizationName.class).add("value", name).build();
            beans.produce(SyntheticBeanBuildItem.configure(OIDC_CLIENT)
                    .scope(Singleton.class)
                    .addQualifier(named)
                    .setRuntimeInit()
                    .checkActive(recorder.checkActive(check.check(), name))
                    .addInjectionPoint(ClientsProcessor.instanceOf(ClassType.create(ReactiveDeviceAuthorization.class)), named)
                    .createWith(bridge.oidcClient(name))
                    .done());
            // as in that extension, those of a request stay the same
            beans.produce(SyntheticBeanBuildItem.configure(TOKENS)
                    .scope(RequestScoped.class)
                    .addQualifier(named)
                    .setRuntimeInit()
                    .checkActive(recorder.checkActive(check.check(), name))
                    .addInjectionPoint(ClientsProcessor.instanceOf(ClassType.create(OIDC_CLIENT)), named)
                    .createWith(bridge.oidcTokens(name))
                    .done());
        }
    }
}
