package io.quarkiverse.deviceauthorization.deployment.devservices;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.deployment.ClientBuildItem;
import io.quarkiverse.deviceauthorization.deployment.DeviceAuthorizationEnabled;
import io.quarkiverse.deviceauthorization.deployment.WrittenConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.config.RequiredKeys;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.Startable;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;

/** Starts the development server when an injected client has no server, and configures just that client. */
@BuildSteps(onlyIf = { DeviceAuthorizationEnabled.class, IsDevServicesSupportedByLaunchMode.class })
class DevServicesProcessor {

    private static final Logger LOG = Logger.getLogger(DevServicesProcessor.class);
    private static final String CLIENT_ID = "quarkus-app";

    @BuildStep
    void server(List<ClientBuildItem> clients, DeviceAuthorizationDevServicesConfig config, DevServicesConfig all,
            LaunchModeBuildItem launchMode, BuildProducer<DevServicesResultBuildItem> services) {
        if (!all.enabled()) {
            LOG.debug("No Dev Service for device authorization: quarkus.devservices.enabled is false");
            return;
        }
        if (!config.enabled()) {
            LOG.debug("No Dev Service for device authorization: quarkus.device-authorization.devservices.enabled is false");
            return;
        }
        Map<String, Function<Startable, String>> provided = new TreeMap<>();
        for (ClientBuildItem client : clients) {
            provide(WrittenConfig.of(client.name()), provided);
        }
        if (provided.isEmpty()) {
            LOG.debug("No Dev Service for device authorization: no injected client lacks a server");
            return;
        }
        ServerSettings settings = ServerSettings.of(config, launchMode.getLaunchMode());
        services.produce(DevServicesResultBuildItem.<Startable> owned()
                .feature("device-authorization")
                .serviceName("device-authorization")
                .serviceConfig(settings.describe())
                .startable(() -> settings.shared() ? new SharedServer(settings) : new EmbeddedServer(settings.server()))
                .configProvider(provided)
                .postStartHook(DevServicesProcessor::tell)
                .build());
    }

    static void provide(ConfigValues values, Map<String, Function<Startable, String>> provided) {
        if (values.isInactive()) {
            LOG.debugf("The Dev Service for device authorization leaves client '%s' alone: it is inactive", values.client());
            return;
        }
        if (RequiredKeys.hasServer(values)) {
            LOG.debugf("The Dev Service for device authorization leaves client '%s' alone: it has a server", values.client());
            return;
        }
        provided.put(values.key("auth-server-url"), Startable::getConnectionInfo);
        if (values.get("client-id").isEmpty()) {
            provided.put(values.key("client-id"), server -> CLIENT_ID);
        }
    }

    static void tell(Startable server) {
        String issuer = server.getConnectionInfo();
        boolean elsewhere = server instanceof SharedServer shared && !shared.runsHere();
        LOG.infof("Dev Services for device authorization %s %s (approve at %s/activate, or with POST %s/dev/script)",
                elsewhere ? "use the server of another application:" : "started:", issuer, issuer, issuer);
    }
}
