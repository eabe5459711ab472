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
import io.quarkus.deployment.dev.devservices.DevServicesConfig;

/** Starts the development server when an injected client has no server, and configures just that client. */
@BuildSteps(onlyIf = { DeviceAuthorizationEnabled.class, IsDevServicesSupportedByLaunchMode.class,
        DevServicesConfig.Enabled.class })
class DevServicesProcessor {

    private static final Logger LOG = Logger.getLogger(DevServicesProcessor.class);
    private static final String CLIENT_ID = "quarkus-app";

    @BuildStep
    void server(List<ClientBuildItem> clients, DeviceAuthorizationDevServicesConfig config,
            BuildProducer<DevServicesResultBuildItem> services) {
        if (!config.enabled()) {
            LOG.debug("No Dev Service for device authorization: quarkus.device-authorization.devservices.enabled is false");
            return;
        }
        Map<String, Function<EmbeddedServer, String>> provided = new TreeMap<>();
        for (ClientBuildItem client : clients) {
            provide(client.name(), provided);
        }
        if (provided.isEmpty()) {
            LOG.debug("No Dev Service for device authorization: no injected client lacks a server");
            return;
        }
        services.produce(DevServicesResultBuildItem.<EmbeddedServer> owned()
                .feature("device-authorization")
                .serviceName("device-authorization")
                .serviceConfig(describe(config))
                .startable(() -> new EmbeddedServer(config))
                .configProvider(provided)
                .postStartHook(server -> LOG.infof(
                        "Dev Services for device authorization started: %s (approve at %s/activate, or"
                                + " with POST %s/dev/script)",
                        server.getConnectionInfo(), server.getConnectionInfo(),
                        server.getConnectionInfo()))
                .build());
    }

    private static void provide(String client, Map<String, Function<EmbeddedServer, String>> provided) {
        ConfigValues values = WrittenConfig.of(client);
        if (RequiredKeys.hasServer(values) || values.isInactive()) {
            LOG.debugf("The Dev Service for device authorization leaves client '%s' alone: it has a server, or is inactive",
                    client);
            return;
        }
        provided.put(values.key("auth-server-url"), EmbeddedServer::getConnectionInfo);
        if (values.get("client-id").isEmpty()) {
            provided.put(values.key("client-id"), server -> CLIENT_ID);
        }
    }

    /** A text, since it is compared across class loaders to see whether the server can go on after a live reload. */
    private static String describe(DeviceAuthorizationDevServicesConfig config) {
        return String.join(" ", String.valueOf(config.port()), config.behaviour().name(), config.interval().toString(),
                config.codeLifespan().toString(), config.accessTokenLifespan().toString());
    }
}
