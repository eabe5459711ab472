package io.quarkiverse.deviceauthorization.deployment.devservices;

import java.time.Duration;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.deployment.builditem.Startable;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The development server as a Dev Service: in this process, without a container. */
final class EmbeddedServer implements Startable {

    private final DeviceAuthorizationServer.Builder builder;
    private DeviceAuthorizationServer server;

    EmbeddedServer(DeviceAuthorizationDevServicesConfig config) {
        this.builder = DeviceAuthorizationServer.builder()
                .port(config.port())
                .behaviour(config.behaviour())
                .interval(wholeSeconds("interval", config.interval()))
                .codeLifespan(wholeSeconds("code-lifespan", config.codeLifespan()))
                .accessTokenLifespan(wholeSeconds("access-token-lifespan", config.accessTokenLifespan()));
    }

    /** Codes and tokens live, and clients wait, for whole seconds: that is what the protocol can say (RFC 8628 §3.2). */
    private static Duration wholeSeconds(String key, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.getNano() != 0) {
            throw new ConfigurationException("quarkus.device-authorization.devservices." + key + ": '" + duration
                    + "' is not a whole number of seconds above zero. Write for example 5S");
        }
        return duration;
    }

    @Override
    public void start() {
        server = builder.start();
    }

    @Override
    public String getConnectionInfo() {
        return server.issuer();
    }

    /** There is no container. */
    @Override
    public String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
