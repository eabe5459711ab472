package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.endpoint.HttpAuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A server whose metadata, keys or userinfo can't be trusted")
class MovingServersTest {

    private static final String SERVER = "The authorization server of client 'CLIENT'";

    /** Paths of {@link HostileServer}. */
    private static final List<String> KEYS = List.of("endless", "slow-chunks", "slow-head", "stalled", "gzip-bomb", "deep",
            "page",
            "many-keys");
    private static final List<String> USER_INFO = List.of("endless", "slow-chunks", "slow-head", "stalled", "gzip-bomb", "deep",
            "page", "www-authenticate", "no-content");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    DeviceAuthorizationClients clients;

    @Inject
    WireApplication.Observer observer;

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = WireApplication.of(MovingServersTest::servers, HostileServers.class, HostileServer.class,
                OddAnswers.class, SelfSigned.class, ServerCalls.class).setAfterAllCustomizer(HostileServers::stop);
        for (String name : List.of("home", "other-issuer", "plain-endpoints", "no-endpoints", "page", "broken", "new-endpoints",
                "first")) {
            client(application, name);
        }
        KEYS.forEach(path -> client(application, "keys-" + path, "jwks-path", "http://localhost:${wire.plain}/" + path));
        USER_INFO.forEach(
                path -> client(application, "person-" + path, "user-info-path", "http://localhost:${wire.plain}/" + path));
        for (String status : List.of("301", "302", "303", "307", "308")) {
            String stolen = "http://localhost:${wire.plain}/redirect/" + status + "/${wire.elsewhere}";
            client(application, "keys-" + status, "jwks-path", stolen);
            client(application, "person-" + status, "user-info-path", stolen);
        }
        return application;
    }

    private static void client(QuarkusUnitTest application, String name, String... keysAndValues) {
        WireApplication.client(application, name, "auth-server-url", "${wire.moving}", "scopes", "openid,email", "read-timeout",
                name.matches(".*(slow|stalled).*") ? "1S" : "60S");
        WireApplication.client(application, name, keysAndValues);
    }

    private static void servers() {
        HostileServers.start();
        DevelopmentServers.start("moving", DeviceAuthorizationServer.builder().interval(Duration.ZERO).user("carol",
                Map.of("sub", "carol-17", "email", "carol@example.com")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            other-issuer    | {"issuer":"http://evil.example","token_endpoint":"http://localhost:ELSEWHERE/stolen","device_authorization_endpoint":"http://localhost:ELSEWHERE/stolen"}
            plain-endpoints | {"issuer":"ISSUER","token_endpoint":"http://evil.example/stolen","device_authorization_endpoint":"http://evil.example/stolen"}
            no-endpoints    | {"issuer":"ISSUER"}
            page            | <html>
            broken          | {"issuer":"ISSUER","token_endpoint":"http://localhost:ELSEWHERE/stolen","device_authorization_endpo
            """)
    @DisplayName("moves, and its new metadata are of no use: those of before stay, and no code goes to the new place")
    void moved(String name, String metadata) {
        HttpAuthorizationServer server = clients.client(name).server();
        DeviceCodes codes = ServerCalls.start(server);
        Wire.script("moving", "fail", "status", "404");
        metadata(metadata);
        Wire.script("moving", "approve", "user_code", codes.userCode());
        int seen = Wire.requests("moving").size();
        assertThat(ServerCalls.poll(server, name, codes.deviceCode())).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                unavailable -> assertThat(unavailable.failure()).hasMessage(SERVER.replace("CLIENT", name)
                        + " has no such endpoint. Check quarkus.device-authorization.\"" + name + "\".token-path and"
                        + " quarkus.device-authorization.\"" + name + "\".auth-server-url (HTTP status 404)"));
        assertThat(ServerCalls.poll(server, name, codes.deviceCode())).isInstanceOf(TokenAnswer.Granted.class);
        assertThat(Wire.requests("moving", seen, "/.well-known/openid-configuration")).as("they were read").isNotEmpty();
        assertThat(Wire.requests("moving", seen, "/oauth/token")).hasSize(2);
        assertThat(HostileServers.counted("elsewhere", "requests", "stolen")).isZero();
    }

    @Test
    @DisplayName("moves for a good reason: its new endpoints are found")
    void newEndpoints() {
        HttpAuthorizationServer server = clients.client("new-endpoints").server();
        DeviceCodes codes = ServerCalls.start(server);
        Wire.script("moving", "fail", "status", "404");
        metadata("{\"issuer\":\"ISSUER\",\"token_endpoint\":\"http://localhost:ELSEWHERE/no-length\","
                + "\"device_authorization_endpoint\":\"http://localhost:ELSEWHERE/no-length\"}");
        assertThat(ServerCalls.poll(server, "new-endpoints", codes.deviceCode())).isInstanceOf(TokenAnswer.Unavailable.class);
        assertThat(ServerCalls.poll(server, "new-endpoints", codes.deviceCode())).isInstanceOf(TokenAnswer.Granted.class);
        assertThat(HostileServers.counted("elsewhere", "requests", "no-length")).isEqualTo(1);
    }

    @Test
    @DisplayName("is another one than the configured one: it is asked for nothing")
    void first() {
        metadata("{\"issuer\":\"http://evil.example/\\u001b[31m\",\"token_endpoint\":\"http://localhost:ELSEWHERE/stolen\","
                + "\"device_authorization_endpoint\":\"http://localhost:ELSEWHERE/stolen\"}");
        HttpAuthorizationServer server = clients.client("first").server();
        AuthorizationServerException problem = catchThrowableOfType(AuthorizationServerException.class,
                () -> ServerCalls.start(server));
        observer.log(problem);
        assertThat(problem).hasMessage("The authorization server of client 'first' says that it is"
                + " 'http://evil.example/[31m', which is not quarkus.device-authorization.\"first\".auth-server-url ('"
                + Wire.url("moving") + "'). Set the key to the issuer if you trust it");
        assertThat(HostileServers.counted("elsewhere", "requests", "stolen")).isZero();
        assertThat(ServerCalls.start(server).userCode()).as("once it is itself again").isNotBlank();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            endless     | SERVER can't be asked: http://localhost:PLAIN sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            slow-chunks | SERVER can't be asked: http://localhost:PLAIN sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            stalled     | SERVER can't be asked: http://localhost:PLAIN sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            slow-head   | SERVER can't be asked: http://localhost:PLAIN took longer to answer than KEY.read-timeout allows. Check that the server is well, or set a longer one
            gzip-bomb   | SERVER sent no OAuth answer (application/json). Check KEY.jwks-path (HTTP status 200)
            deep        | SERVER sent no OAuth answer (application/json). Check KEY.jwks-path (HTTP status 200)
            page        | SERVER sent no OAuth answer (text/html). Check KEY.jwks-path (HTTP status 200)
            many-keys   | The ID token for client 'CLIENT' is not signed by a key of the server. The tokens that came with it are not used
            301         | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.jwks-path (HTTP status 301)
            302         | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.jwks-path (HTTP status 302)
            303         | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.jwks-path (HTTP status 303)
            307         | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.jwks-path (HTTP status 307)
            308         | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.jwks-path (HTTP status 308)
            """)
    @DisplayName("has keys that are of no use: no ID token passes by them, and the failure says why, soon")
    void keys(String what, String message) {
        Tokens tokens = tokens();
        HttpAuthorizationServer server = clients.client("keys-" + what).server();
        fails("keys-" + what, message, () -> server.checkIdToken(tokens, FlowBinding.none()).await().atMost(ServerCalls.SOON));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            endless          | SERVER can't be asked: http://localhost:PLAIN sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            slow-chunks      | SERVER can't be asked: http://localhost:PLAIN sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            stalled          | SERVER can't be asked: http://localhost:PLAIN sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            slow-head        | SERVER can't be asked: http://localhost:PLAIN took longer to answer than KEY.read-timeout allows. Check that the server is well, or set a longer one
            gzip-bomb        | SERVER sent no OAuth answer (application/json). Check KEY.user-info-path (HTTP status 200)
            deep             | SERVER sent no OAuth answer (application/json). Check KEY.user-info-path (HTTP status 200)
            page             | SERVER sent no OAuth answer (text/html). Check KEY.user-info-path (HTTP status 200)
            no-content       | SERVER sent no OAuth answer (no content type). Check KEY.user-info-path (HTTP status 204)
            www-authenticate | SERVER doesn't accept the access token at its userinfo endpoint (HTTP status 401). Ask for the scope openid, and for no audience but this server
            301              | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.user-info-path (HTTP status 301)
            302              | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.user-info-path (HTTP status 302)
            303              | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.user-info-path (HTTP status 303)
            307              | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.user-info-path (HTTP status 307)
            308              | SERVER redirects to http://localhost:ELSEWHERE/stolen, which is not followed, since credentials would follow too. Check KEY.user-info-path (HTTP status 308)
            """)
    @DisplayName("says nothing of use about a person: the failure says why, soon, and the access token goes nowhere else")
    void userInfo(String what, String message) {
        Tokens tokens = tokens();
        HttpAuthorizationServer server = clients.client("person-" + what).server();
        fails("person-" + what, message, () -> server.userInfo(tokens).await().atMost(ServerCalls.SOON));
    }

    private void fails(String client, String message, Runnable request) {
        long begin = System.nanoTime();
        DeviceAuthorizationException problem = catchThrowableOfType(DeviceAuthorizationException.class, request::run);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ServerCalls.SOON);
        observer.log(problem);
        ServerCalls.assertHarmless(problem);
        assertThat(problem).hasMessage(filledIn(message.replace("SERVER", SERVER).replace("CLIENT", client).replace("KEY",
                "quarkus.device-authorization.\"" + client + "\"")));
        assertThat(HostileServers.counted("elsewhere", "requests", "stolen")).isZero();
        assertThat(HostileServers.counted("plain", "sent", client.substring(client.indexOf('-') + 1)))
                .isLessThan(HostileServer.BUFFERS);
    }

    @Test
    @DisplayName("speaks of another person")
    void otherPerson() {
        Tokens tokens = tokens();
        Wire.script("moving", "answer", "endpoint", "userinfo", "body", "{\"sub\":\"mallory\"}");
        fails("home", "SERVER speaks of another person at its userinfo endpoint than in the ID token. Nothing of it is used",
                () -> clients.client("home").server().userInfo(tokens).await().atMost(ServerCalls.SOON));
    }

    @Test
    @DisplayName("says odd things about a person, who can't take over a terminal by them")
    void oddPerson() {
        Tokens tokens = tokens();
        Wire.script("moving", "answer", "endpoint", "userinfo", "body",
                "{\"sub\":\"carol-17\",\"name\":\"\\u001b[31mCa\\u202Erol\","
                        + "\"address\":{\"formatted\":\"1 Road\\r\\n\\u0007Town\"},\"groups\":[\"a\\u0000b\"]}");
        UserInfo userInfo = clients.client("home").server().userInfo(tokens).await().atMost(ServerCalls.SOON);
        assertThat(userInfo.claims()).isEqualTo(Map.of("sub", "carol-17", "name", "[31mCarol", "address",
                Map.of("formatted", "1 Road\nTown"), "groups", List.of("ab")));
    }

    /** Good tokens of this server. */
    private Tokens tokens() {
        HttpAuthorizationServer server = clients.client("home").server();
        DeviceCodes codes = ServerCalls.start(server);
        Wire.script("moving", "approve", "user_code", codes.userCode());
        return ((TokenAnswer.Granted) ServerCalls.poll(server, "home", codes.deviceCode())).tokens();
    }

    private static void metadata(String metadata) {
        Wire.script("moving", "answer", "endpoint", "openid_configuration", "body", filledIn(metadata));
        if (!metadata.endsWith("}")) { // then the other location is asked
            Wire.script("moving", "answer", "endpoint", "authorization_server_metadata", "body", filledIn(metadata));
        }
    }

    private static String filledIn(String text) {
        return text.replace("ISSUER", Wire.url("moving")).replace("ELSEWHERE", Wire.url("elsewhere")).replace("PLAIN",
                Wire.url("plain"));
    }
}
