package io.quarkiverse.deviceauthorization.it.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;
import io.quarkus.test.junit.main.QuarkusMainLauncher;

@QuarkusMainIntegrationTest
@DisplayName("The packaged application with nothing but the extension: a jar, or a native executable")
class MinimalIT {

    private static final String PREFIX = "quarkus.device-authorization.";

    private static DeviceAuthorizationServer server;
    private static Map<String, String> configuration;

    @BeforeAll
    static void startServer() {
        server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
        configuration = Map.of(PREFIX + "auth-server-url", server.issuer(), PREFIX + "client-id", "kiosk");
        configuration.forEach(System::setProperty);
    }

    @AfterAll
    static void stopServer() {
        configuration.keySet().forEach(System::clearProperty);
        server.close();
    }

    @Test
    @DisplayName("signs a person in")
    void signsIn(QuarkusMainLauncher launcher) {
        server.script().approve("alice");

        LaunchResult result = launcher.launch();

        assertThat(result.getOutput()).contains("Open " + server.issuer() + "/activate and enter ", "You are signed in.");
        assertThat(result.getErrorOutput()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }
}
