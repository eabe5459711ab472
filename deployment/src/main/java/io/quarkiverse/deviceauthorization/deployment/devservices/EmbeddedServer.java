package io.quarkiverse.deviceauthorization.deployment.devservices;

import java.io.UncheckedIOException;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.deployment.builditem.Startable;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The development server as a Dev Service: in this process, without a container. */
final class EmbeddedServer implements Startable {

    private final DeviceAuthorizationServer.Builder builder;
    private DeviceAuthorizationServer server;

    EmbeddedServer(DeviceAuthorizationServer.Builder builder) {
        this.builder = builder;
    }

    /**
     * @throws ConfigurationException when the port is taken; without a cause, since dev mode is silent about a BindException
     */
    @Override
    public void start() {
        try {
            server = builder.start();
        } catch (UncheckedIOException problem) {
            throw new ConfigurationException("quarkus.device-authorization.devservices.port: "
                    + problem.getMessage() + " (" + problem.getCause().getMessage()
                    + "). Write a port that is free, or remove the key to take any free one");
        }
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
