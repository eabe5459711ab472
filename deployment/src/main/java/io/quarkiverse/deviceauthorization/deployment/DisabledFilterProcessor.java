package io.quarkiverse.deviceauthorization.deployment;

import java.util.Set;
import java.util.TreeSet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.logging.Logger;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;

/** Without the extension, calls of REST clients are sent without tokens. Their refusal would not say why. */
@BuildSteps(onlyIfNot = DeviceAuthorizationEnabled.class)
class DisabledFilterProcessor {

    private static final Logger LOG = Logger.getLogger(DisabledFilterProcessor.class);

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void warn(CombinedIndexBuildItem index) {
        Set<String> restClients = new TreeSet<>();
        for (AnnotationInstance annotation : index.getIndex().getAnnotations(RestClientFilterProcessor.FILTER)) {
            restClients.add(RestClientInterfaces.declaring(annotation).name().toString());
        }
        if (!restClients.isEmpty()) {
            LOG.warnf("quarkus.device-authorization.enabled=false: calls of these REST clients are sent without tokens: %s",
                    restClients);
        }
    }
}
