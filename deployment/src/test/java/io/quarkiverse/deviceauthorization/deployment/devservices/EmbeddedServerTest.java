package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.runtime.configuration.ConfigurationException;

class EmbeddedServerTest {

    @Test
    void saysWhatToDoWhenThePortIsTaken() {
        try (DeviceAuthorizationServer other = DeviceAuthorizationServer.start();
                EmbeddedServer server = new EmbeddedServer(DeviceAuthorizationServer.builder().port(other.port()))) {
            assertThatThrownBy(server::start).isInstanceOf(ConfigurationException.class).hasNoCause()
                    .hasMessageStartingWith("quarkus.device-authorization.devservices.port: Can't listen on port "
                            + other.port() + " of the loopback interface (")
                    .hasMessageEndingWith("). Write a port that is free, or remove the key to take any free one");
        }
    }
}
