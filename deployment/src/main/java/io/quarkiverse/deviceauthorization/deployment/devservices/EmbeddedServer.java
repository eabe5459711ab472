package io.quarkiverse.deviceauthorization.deployment.devservices;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.deployment.builditem.Startable;

/** The development server as a Dev Service: in this process, without a container. */
final class EmbeddedServer implements Startable {

    private final DeviceAuthorizationServer.Builder builder;
    private DeviceAuthorizationServer server;

    EmbeddedServer(DeviceAuthorizationServer.Builder builder) {
        this.builder = builder;
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
