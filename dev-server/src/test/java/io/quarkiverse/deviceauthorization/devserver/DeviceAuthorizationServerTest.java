package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.UnixOperatingSystemMXBean;

class DeviceAuthorizationServerTest {

    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    /** Java's own HTTP client lets nobody choose the {@code Host} header. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws SocketException {
        assertThat(server.issuer()).isEqualTo("http://localhost:" + server.port());
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .forEach(address -> assertThatThrownBy(() -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(address, server.port()), 1000);
                    }
                }).as(address.toString()).isInstanceOf(IOException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = { "evil.example", "evil.example:80", "localhost.evil.example", "" })
    void refusesForeignHosts(String host) throws IOException {
        for (String path : new String[] { "/dev/script", "/activate", "/.well-known/openid-configuration" }) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421").contains("answers for localhost only");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost", "localhost:9999", "127.0.0.1", "[::1]:1", "LOCALHOST" })
    void answersToTheNamesOfThisMachine(String host) throws IOException {
        assertThat(raw("GET /activate HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesOtherMethods() {
        HttpResponse<String> get = http.get("/oauth/token");
        assertError(get, 405, "invalid_request", "The method must be POST");
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        HttpResponse<String> post = http.post("/api/hello");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpResponse<String> head = http.send(http.request("/.well-known/jwks.json").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void knowsNoOtherPaths() {
        assertError(http.get("/oauth"), 404, "not_found", "nothing at this path");
    }

    @Test
    void refusesLargeBodies() {
        assertError(http.post("/oauth/device/code", "client_id", "x".repeat(65 * 1024)), 413, "invalid_request",
                "The body is too large");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server" })
    void publishesItsMetadata(String path) {
        JsonNode metadata = Http.json(http.get(path));
        assertThat(metadata.get("issuer").asText()).isEqualTo(server.issuer());
        assertThat(metadata.get("device_authorization_endpoint").asText()).isEqualTo(server.issuer() + "/oauth/device/code");
        assertThat(metadata.get("token_endpoint").asText()).isEqualTo(server.issuer() + "/oauth/token");
        assertThat(metadata.get("revocation_endpoint").asText()).isEqualTo(server.issuer() + "/oauth/revoke");
        assertThat(metadata.get("userinfo_endpoint").asText()).isEqualTo(server.issuer() + "/userinfo");
        assertThat(metadata.get("jwks_uri").asText()).isEqualTo(server.issuer() + "/.well-known/jwks.json");
        assertThat(metadata.get("grant_types_supported").toString())
                .isEqualTo("[\"urn:ietf:params:oauth:grant-type:device_code\",\"refresh_token\"]");
        assertThat(metadata.get("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"none\",\"client_secret_basic\",\"client_secret_post\",\"client_secret_jwt\","
                        + "\"private_key_jwt\"]");
    }

    @Test
    void tellsWhenItsPortIsTaken() {
        assertThatThrownBy(() -> DeviceAuthorizationServer.builder().port(server.port()).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Can't listen on port " + server.port() + " of the loopback interface");
    }

    /** An application that waits for the port of a server that others share tries each second. */
    @Test
    void leavesNothingOpenWhenItsPortIsTaken() {
        assumeThat(ManagementFactory.getOperatingSystemMXBean()).isInstanceOf(UnixOperatingSystemMXBean.class);
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getOpenFileDescriptorCount();
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> DeviceAuthorizationServer.builder().port(server.port()).start())
                    .isInstanceOf(UncheckedIOException.class);
        }
        assertThat(system.getOpenFileDescriptorCount()).isLessThan(before + 100);
    }

    @Test
    void refusesDurationsThatTheWireCannotCarry() {
        assertThatThrownBy(() -> DeviceAuthorizationServer.builder().interval(Duration.ofMillis(1500)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("interval must be whole seconds: PT1.5S");
        assertThatThrownBy(() -> DeviceAuthorizationServer.builder().codeLifespan(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("codeLifespan must be whole seconds: PT-1S");
    }

    @Test
    void nobodyListensOnceItIsClosed() {
        server.close();
        assertThatThrownBy(() -> http.get("/activate")).isInstanceOf(UncheckedIOException.class);
    }
}
