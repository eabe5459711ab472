package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.Main;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

@DisplayName("A server that several applications share")
class SharedServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private SharedServer application(int port) {
        SharedServer server = new SharedServer(port, "shop", DeviceAuthorizationServer.builder().port(port)
                .serviceName("shop")::start, Duration.ofMillis(20));
        open.add(server);
        return server;
    }

    private DeviceAuthorizationServer otherApplication(String serviceName) {
        DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().serviceName(serviceName).start();
        open.add(server);
        return server;
    }

    private static JsonPath state(SharedServer server) {
        return RestAssured.get(server.getConnectionInfo() + "/dev/script").jsonPath();
    }

    private static void startFlow(String issuer) {
        RestAssured.given().formParam("client_id", "cli").post(issuer + "/oauth/device/code").then().statusCode(200);
    }

    @Test
    void runsInTheFirstOneAndIsUsedByTheNextOnes() {
        int port = freePort();
        SharedServer first = application(port);
        SharedServer second = application(port);

        first.start();
        second.start();

        assertThat(first.runsHere()).isTrue();
        assertThat(second.runsHere()).isFalse();
        startFlow(second.getConnectionInfo());
        assertThat(state(first).getList("flows")).hasSize(1);
    }

    @Test
    void goesOnAtTheSameAddressInAnotherOneWhenTheFirstOneStopsAndForgetsItsFlows() {
        DeviceAuthorizationServer first = otherApplication("shop");
        SharedServer second = application(first.port());
        second.start();
        startFlow(first.issuer());

        first.close();

        await().atMost(PATIENCE).until(second::runsHere);
        assertThat(second.getConnectionInfo()).isEqualTo(first.issuer());
        assertThat(state(second).getString("service_name")).isEqualTo("shop");
        assertThat(state(second).getList("flows")).isEmpty();
    }

    @Test
    void goesOnInAnotherOneThatCouldNotTakeItOverAtFirst() {
        DeviceAuthorizationServer first = otherApplication("shop");
        AtomicBoolean fails = new AtomicBoolean();
        SharedServer second = new SharedServer(first.port(), "shop", () -> {
            if (fails.getAndSet(false)) {
                throw new UncheckedIOException(new IOException("Too many open files"));
            }
            return DeviceAuthorizationServer.builder().port(first.port()).serviceName("shop").start();
        }, Duration.ofMillis(20));
        open.add(second);
        second.start();
        fails.set(true);
        await().atMost(PATIENCE).untilFalse(fails);

        first.close();

        await().atMost(PATIENCE).until(second::runsHere);
    }

    @Test
    void goesOnWhenTheProcessOfTheFirstOneIsKilled() throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "--service-name=shop").start();
        open.add(process::destroyForcibly);
        int port = URI.create(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine()).getPort();
        SharedServer second = application(port);
        SharedServer third = application(port);
        second.start();
        third.start();
        assertThat(second.runsHere() || third.runsHere()).isFalse();

        process.destroyForcibly();

        await().atMost(PATIENCE).until(() -> second.runsHere() || third.runsHere());
        assertThat(second.runsHere()).isNotEqualTo(third.runsHere());
        startFlow(third.getConnectionInfo());
        assertThat(state(second).getList("flows")).hasSize(1);
    }

    @Test
    void isLeftAloneByAnApplicationThatStopsAndHadOnlyUsedIt() {
        DeviceAuthorizationServer first = otherApplication("shop");
        SharedServer second = application(first.port());
        second.start();

        second.close();

        assertThat(state(second).getString("service_name")).isEqualTo("shop");
        first.close();
        SharedServer third = application(first.port());
        third.start();
        assertThat(third.runsHere()).isTrue();
        assertThat(second.runsHere()).isFalse();
    }

    @Test
    void isNotMistakenForAnotherOne() throws IOException {
        int others = otherApplication("hotel").port();
        assertThatThrownBy(application(others)::start).isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.device-authorization.devservices.port: at " + others
                        + " there is something else than the shared server 'shop'. Write a port that is free, the same one in"
                        + " all applications that share the server");

        DeviceAuthorizationServer unnamed = DeviceAuthorizationServer.start();
        open.add(unnamed);
        assertThatThrownBy(application(unnamed.port())::start).hasMessageContaining("something else");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
