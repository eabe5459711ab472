package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;

@DisplayName("The script of a server that runs elsewhere")
class RemoteScriptTest {

    private final VirtualClock clock = new VirtualClock();
    private DeviceAuthorizationServer server;
    private Http http;
    private Script script;

    @BeforeEach
    void start() {
        server = DeviceAuthorizationServer.builder().clock(clock).start();
        http = new Http(server);
        script = Script.at(URI.create(server.issuer()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String queue() {
        return Http.json(http.get("/dev/script")).get("queue").toString();
    }

    @Test
    void saysAllThatTheScriptItselfCanSay() {
        script.pending(2).slowDown().fail(503).fail(500, 2).dropConnection().loseAnswer().approve("alice").deny().expire();
        script.fail(Endpoint.JWKS, 502, 1).dropConnection(Endpoint.USERINFO).loseAnswer(Endpoint.REVOCATION)
                .answer(Endpoint.HELLO, 418, "text/plain", "tea & biscuits").flawIdToken(IdTokenFlaw.UNSIGNED);
        String remote = queue();
        server.script().reset();

        server.script().pending(2).slowDown().fail(503).fail(500, 2).dropConnection().loseAnswer().approve("alice").deny()
                .expire();
        server.script().fail(Endpoint.JWKS, 502, 1).dropConnection(Endpoint.USERINFO).loseAnswer(Endpoint.REVOCATION)
                .answer(Endpoint.HELLO, 418, "text/plain", "tea & biscuits").flawIdToken(IdTokenFlaw.UNSIGNED);

        assertThat(remote).isEqualTo(queue()).contains("unsigned", "answer 418");
    }

    @Test
    void sendsTextsAsTheyAre() {
        script.answer(Endpoint.JWKS, 200, "text/plain; charset=utf-8", "a=b&c=%20 ü");

        assertThat(http.get(Endpoint.JWKS.path()).body()).isEqualTo("a=b&c=%20 ü");
    }

    @Test
    void decidesSingleFlows() {
        JsonNode approved = http.start("openid");
        JsonNode denied = http.start("openid");
        JsonNode expired = http.start("openid");

        script.approve(approved.get("user_code").asText(), "bob").deny(denied.get("user_code").asText())
                .expire(expired.get("user_code").asText());

        clock.advanceSeconds(5);
        assertThat(http.poll(approved).statusCode()).isEqualTo(200);
        assertError(http.poll(denied), 400, "access_denied", "");
        assertError(http.poll(expired), 400, "expired_token", "");
    }

    @Test
    void resets() {
        script.pending(3).reset();

        assertThat(queue()).isEqualTo("{}");
    }

    @Test
    void complainsAsTheScriptItselfDoes() {
        assertThatThrownBy(() -> script.approve("mallory")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no user mallory; there are alice, bob");
        assertThatThrownBy(() -> script.deny("ZZZZ-ZZZZ")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No pending flow has the user code ZZZZ-ZZZZ");
    }

    @Test
    void saysThatNobodyIsThere() {
        server.close();

        assertThatThrownBy(() -> script.deny()).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("There is no development server at " + server.issuer());
    }

    @Test
    void saysThatItIsAnotherServer() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try {
            URI issuer = URI.create("http://localhost:" + other.getAddress().getPort());
            assertThatThrownBy(() -> Script.at(issuer).deny()).isInstanceOf(IllegalStateException.class)
                    .hasMessage("There is no development server at " + issuer
                            + ": it answers /dev/script with the status 404");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void neverAsksAServerOnAnotherMachine() {
        assertThatThrownBy(() -> Script.at(URI.create("https://login.example.com"))).isInstanceOf(IllegalStateException.class)
                .hasMessage("https://login.example.com is no development server: those listen on the loopback interface only");
    }
}
