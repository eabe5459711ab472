package io.quarkiverse.deviceauthorization.devserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

class MainTest {

    @Test
    void configuresTheServer() {
        try (DeviceAuthorizationServer server = Main.configure("--port=0", "--behaviour=auth0", "--interval=1",
                "--code-lifespan=30", "--access-token-lifespan=10", "--client=a:b:c", "--public-client=cli").start()) {
            Http http = new Http(server);
            JsonNode flow = http.start("openid");
            assertThat(flow.get("interval").asInt()).isEqualTo(1);
            assertThat(flow.get("expires_in").asInt()).isEqualTo(30);
            assertThat(http.poll(flow).statusCode()).isEqualTo(403);
            assertThat(http.post("/oauth/device/code", "client_id", "a", "client_secret", "b:c", "scope", "openid",
                    "audience", "https://api.example.com").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void configuresTheRefreshTokensAndTheNameOfTheService() {
        try (DeviceAuthorizationServer server = Main.configure("--refresh-token-rotation=false", "--refresh-token-lifespan=0",
                "--service-name=shop").start()) {
            Http http = new Http(server);
            server.script().approve("alice");
            String refreshToken = Http.json(http.poll(http.start("offline_access"))).get("refresh_token").asText();
            assertThat(http.refresh(refreshToken).statusCode()).isEqualTo(400);
            assertThat(Http.json(http.get("/dev/script")).get("service_name").asText()).isEqualTo("shop");
        }
    }

    @Test
    void configuresWhatRequestsMustHave() {
        try (DeviceAuthorizationServer server = Main.configure("--require-pkce=true", "--require-dpop=false").start()) {
            assertThat(new Http(server).post("/oauth/device/code", "client_id", "cli").body())
                    .contains("code_challenge is missing");
        }
        try (DeviceAuthorizationServer server = Main.configure("--require-dpop=true", "--dpop-nonces=true").start()) {
            HttpResponse<String> response = new Http(server).post("/oauth/device/code", "client_id", "cli");
            assertThat(response.body()).contains("DPoP proof is missing");
            assertThat(response.headers().firstValue("DPoP-Nonce")).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--port | Options are written --name=value: --port",
            "--port=http | --port must be a number: http",
            "--behaviour=yoto | --behaviour must be one of rfc8628, auth0, google, github, keycloak, microsoft, okta, gitlab, dex, twitch: yoto",
            "--require-pkce=yes | --require-pkce must be true or false: yes",
            "--client=a | --client is written id:secret",
            "--color=red | Unknown option --color; there are --port" })
    void explainsWrongOptions(String option, String message) {
        assertThatThrownBy(() -> Main.configure(option)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void explainsWhyItCannotListen() throws IOException, InterruptedException {
        try (DeviceAuthorizationServer other = DeviceAuthorizationServer.start()) {
            Process process = run("--port=" + other.port());
            try (BufferedReader output = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(output.lines()).singleElement().asString()
                        .startsWith("Can't listen on port " + other.port() + " of the loopback interface (")
                        .endsWith("): --port=0 takes any free one");
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(1);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void printsOneLineAndStaysUntilItIsTerminated() throws IOException, InterruptedException {
        Process process = run();
        try (BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String issuer = output.readLine();
            assertThat(issuer).matches("http://localhost:\\d+");
            assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(issuer + "/.well-known/jwks.json"))
                    .build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(process.toHandle().destroy()).isTrue(); // unlike Process.destroy, it leaves the output to read
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(output.lines()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process run(String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                        System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
