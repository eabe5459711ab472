package io.quarkiverse.deviceauthorization.deployment.devui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.deviceauthorization.deployment.DevMode;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkus.test.QuarkusDevModeTest;

@DisplayName("The pages of the Dev UI")
class DevUIJsonRpcTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DEFAULT = "<default>";

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevUIApplication.inDevMode();

    private String application;
    private JsonRpc page;

    @BeforeEach
    void connect() {
        int port = DevMode.port(APPLICATION);
        application = "http://localhost:" + port + "/devui/";
        page = new JsonRpc(port);
    }

    @AfterEach
    void disconnect() {
        page.close();
    }

    private static Map<String, String> flow(String owner, String id) {
        return Map.of("client", DEFAULT, "owner", owner, "id", id);
    }

    private static Map<String, String> step(String action, String userCode, String user, String endpoint, String status,
            String times) {
        return Map.of("action", action, "userCode", userCode, "user", user, "endpoint", endpoint, "status", status, "times",
                times);
    }

    private JsonNode start(String owner) {
        JsonNode answer = page.call("start", Map.of("client", DEFAULT, "owner", owner));
        assertThat(answer.has("problem")).as(answer.toString()).isFalse();
        return answer.get("value");
    }

    private void decide(JsonNode signIn, String action, String user) {
        JsonNode answer = page.call("runScript", step(action, signIn.get("userCode").asText(), user, "", "", ""));
        assertThat(answer.has("problem")).as(answer.toString()).isFalse();
    }

    private JsonNode awaitState(String id, String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(flowOf(id).path("state").asText()).isEqualTo(state));
        return flowOf(id);
    }

    private JsonNode flowOf(String id) {
        return find(page.call("flows"), "id", id);
    }

    private static JsonNode find(JsonNode list, String member, String value) {
        return StreamSupport.stream(list.spliterator(), false).filter(one -> one.path(member).asText().equals(value))
                .findFirst().orElseThrow(() -> new AssertionError("No " + member + " " + value + " in " + list));
    }

    private JsonNode setting(String client, String key) {
        JsonNode settings = find(page.call("clients").get("value"), "name", client).get("settings");
        return find(settings, "key", "quarkus.device-authorization." + key);
    }

    /** In one application: to start one takes longer than all of them. */
    @TestFactory
    Stream<DynamicTest> pages() {
        return Stream.of(
                dynamicTest("show the clients, what they are set to, and where that comes from", this::clients),
                dynamicTest("ask an endpoint only when they are told to", this::probe),
                dynamicTest("start a flow, show its codes, approve it in place, and see each poll", this::approve),
                dynamicTest("deny a flow, and let another one expire", this::denyAndExpire),
                dynamicTest("show the codes of a flow that the application has started, and cancel it",
                        this::startedByTheApplication),
                dynamicTest("show what slowed a flow down, and what failed, as the script has it", this::script),
                dynamicTest("show stored tokens decoded, refresh none, and sign out", this::tokens),
                dynamicTest("are told what went wrong, with nothing logged as an error", this::problems),
                dynamicTest("never get a client secret, a device code or a whole token", this::noSecrets));
    }

    private void clients() {
        JsonNode clients = page.call("clients").get("value");
        assertThat(clients.findValuesAsText("name")).containsExactly(DEFAULT, "box", "console", "spare");
        assertThat(find(clients, "name", DEFAULT).get("usable").asBoolean()).isTrue();
        assertThat(find(clients, "name", DEFAULT).get("devService").asBoolean()).isTrue();
        assertThat(find(clients, "name", "box").get("devService").asBoolean()).isFalse();
        assertThat(find(clients, "name", "spare").get("usable").asBoolean()).isFalse();
        assertThat(find(clients, "name", "spare").get("problem").asText())
                .isEqualTo(
                        "The application does not use client 'spare': nothing injects it, and no REST client sends its tokens");

        assertThat(setting(DEFAULT, "auth-server-url").get("source").asText()).isEqualTo("Dev Service");
        assertThat(setting(DEFAULT, "auth-server-url").get("value").asText()).startsWith("http://localhost:");
        assertThat(setting(DEFAULT, "scopes").get("value").asText()).isEqualTo("openid,profile,email,offline_access");
        assertThat(setting(DEFAULT, "scopes").get("source").asText()).startsWith("application.properties");
        assertThat(setting(DEFAULT, "polling.max-failures").get("origin").asText()).isEqualTo("DEFAULT");
        assertThat(setting(DEFAULT, "audience").get("origin").asText()).isEqualTo("NOT_SET");
        assertThat(setting("box", "box.credentials.secret").get("origin").asText()).isEqualTo("CONFIGURED");
        assertThat(setting("box", "box.credentials.secret").has("value")).isFalse();
        assertThat(setting("box", "box.extra-params.prompt").get("value").asText()).isEqualTo("login");
        assertThat(setting("console", "console.token-path").get("origin").asText()).isEqualTo("PRESET");
        assertThat(setting("console", "console.token-path").get("inUse").asText())
                .isEqualTo("https://oauth2.googleapis.com/token");
    }

    private void probe() {
        for (String method : List.of("clients", "flows", "tokens", "script")) {
            page.call(method);
        }
        JsonNode up = page.call("probe", Map.of("client", DEFAULT)).get("value");
        assertThat(up.get("up").asBoolean()).as(up.toString()).isTrue();
        assertThat(up.get("cached").asBoolean()).as("asked before").isFalse();
        assertThat(page.call("probe", Map.of("client", DEFAULT)).at("/value/cached").asBoolean()).isTrue();
        assertThat(up.get("probed").asText()).startsWith("GET http://localhost:").contains("/.well-known/");

        JsonNode down = page.call("probe", Map.of("client", "box")).get("value");
        assertThat(down.get("up").asBoolean()).isFalse();
        assertThat(down.get("problem").asText()).isNotEmpty();

        assertThat(page.call("probe", Map.of("client", "spare")).get("problem").asText()).contains("does not use");
    }

    private void approve() {
        int stream = page.subscribe("streamFlows");
        JsonNode signIn = start("");
        assertThat(signIn.get("owner").asText()).isEqualTo("default");
        assertThat(signIn.get("devService").asBoolean()).isTrue();
        assertThat(signIn.get("verificationUriComplete").asText()).endsWith("user_code=" + signIn.get("userCode").asText());
        JsonNode qrCode = signIn.get("qrCode");
        assertThat(qrCode.size()).isGreaterThanOrEqualTo(21);
        qrCode.forEach(row -> assertThat(row.asText()).hasSize(qrCode.size()).matches("[01]+"));

        String id = signIn.get("id").asText();
        awaitState(id, "Pending");
        decide(signIn, "approve", "bob");
        JsonNode flow = awaitState(id, "Approved");

        assertThat(flow.get("over").asBoolean()).isTrue();
        List<String> kinds = flow.get("entries").findValuesAsText("kind");
        assertThat(kinds).startsWith("Started", "Pending").endsWith("Approved");
        await().atMost(PATIENCE).until(() -> page.results(stream).stream()
                .anyMatch(change -> change.path("state").asText().equals("Approved")));
        assertThat(page.results(stream).get(0).get("state").asText()).isEqualTo("Started");
    }

    private void denyAndExpire() {
        JsonNode denied = start("denied");
        JsonNode expired = start("expired");
        decide(denied, "deny", "");
        decide(expired, "expire", "");
        assertThat(awaitState(denied.get("id").asText(), "Denied").get("over").asBoolean()).isTrue();
        assertThat(awaitState(expired.get("id").asText(), "Expired").get("over").asBoolean()).isTrue();
    }

    private void startedByTheApplication() {
        int waiting = page.subscribe("streamWaiting");
        String id = Http.post(application + "sign-in/somebody").body();
        awaitState(id, "Pending");
        await().atMost(PATIENCE).until(() -> page.results(waiting).stream().anyMatch(count -> count.asInt() == 1));

        JsonNode signIn = page.call("codes", flow("somebody", id)).get("value");
        assertThat(signIn.get("userCode").asText()).isNotEmpty();
        assertThat(page.call("codes", flow("somebody else", id)).get("problem").asText())
                .isEqualTo("This flow is not stored any more");

        page.call("cancel", flow("somebody", id));
        awaitState(id, "Cancelled");
        await().atMost(PATIENCE).until(() -> page.results(waiting).get(page.results(waiting).size() - 1).asInt() == 0);
    }

    private void script() {
        assertThat(page.call("runScript", step("slow_down", "", "", "", "", "")).at("/value/state/queue/token").toString())
                .isEqualTo("[\"slow_down\"]");
        page.call("runScript", step("fail", "", "", "token", "503", "1"));
        JsonNode signIn = start("slow");
        JsonNode flow = awaitState(signIn.get("id").asText(), "SlowedDown");
        assertThat(flow.get("entries").get(1).get("detail").asText()).isEqualTo("The server wants 6 s between two polls");
        awaitState(signIn.get("id").asText(), "TransientFailure");

        JsonNode state = page.call("script").get("value");
        assertThat(state.get("url").asText()).startsWith("http://localhost:");
        assertThat(state.at("/state/users").toString()).isEqualTo("[\"alice\",\"bob\"]");
        assertThat(find(state.at("/state/flows"), "user_code", signIn.get("userCode").asText()).get("state").asText())
                .isEqualTo("pending");

        assertThat(page.call("runScript", step("approve", "", "mallory", "", "", "")).get("problem").asText())
                .isEqualTo("There is no user mallory; there are alice, bob");
        assertThat(page.call("runScript", step("reset", "", "", "", "", "")).at("/value/state/flows").size()).isZero();
        page.call("cancel", flow("slow", signIn.get("id").asText())); // else it asks the server some time later
    }

    private void tokens() {
        JsonNode signIn = start("reader");
        decide(signIn, "approve", "alice");
        awaitState(signIn.get("id").asText(), "Approved");
        int requests = page.call("script").at("/value/state/counters/token_requests").asInt();

        JsonNode client = find(page.call("tokens").get("value"), "client", DEFAULT);
        JsonNode tokens = find(client.get("shown"), "owner", "reader");
        assertThat(tokens.at("/idToken/jwt/claims").asText()).contains("\"sub\" : \"alice\"");
        assertThat(tokens.at("/idToken/jwt/times/exp").asLong()).isPositive();
        assertThat(tokens.at("/refreshToken/end").asText()).hasSize(4);
        assertThat(tokens.get("scopes").toString()).contains("offline_access");
        assertThat(page.call("script").at("/value/state/counters/token_requests").asInt()).isEqualTo(requests);

        assertThat(page.call("signOut", Map.of("client", DEFAULT, "owner", "reader")).has("problem")).isFalse();
        assertThat(find(page.call("tokens").get("value"), "client", DEFAULT).get("shown").findValuesAsText("owner"))
                .doesNotContain("reader");
        assertThat(page.call("script").at("/value/state/counters/revocations").asInt()).isPositive();
    }

    private void problems() {
        JsonNode answer = page.call("start", Map.of("client", "box", "owner", "default"));
        assertThat(answer.has("value")).isFalse();
        assertThat(answer.get("problem").asText()).contains("http://localhost:1");
        assertThat(page.call("start", Map.of("client", "nobody", "owner", "")).get("problem").asText()).contains("'nobody'");
        assertThat(APPLICATION.getLogRecords()).filteredOn(entry -> entry.getLoggerName().startsWith("io.quarkus.devui"))
                .noneMatch(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue());
    }

    private void noSecrets() {
        page.subscribe("streamFlows");
        String owner = "<script>alert(1)</script>";
        JsonNode signIn = start(owner);
        String id = signIn.get("id").asText();
        String path = URLEncoder.encode(owner, StandardCharsets.UTF_8).replace("+", "%20");
        String deviceCode = Http.get(application + "device-code/" + path + "/" + id).body();
        assertThat(deviceCode).hasSizeGreaterThan(15);
        page.call("codes", flow(owner, id));
        decide(signIn, "approve", "alice");
        awaitState(id, "Approved");
        String[] tokens = Http.get(application + "tokens/" + path).body().split("\n");

        for (String method : List.of("clients", "flows", "tokens", "script")) {
            page.call(method);
        }
        page.call("probe", Map.of("client", DEFAULT));
        page.call("probe", Map.of("client", "box"));
        page.call("start", Map.of("client", "box", "owner", "default"));
        page.call("cancel", flow(owner, id));
        page.call("runScript", step("pending", "", "", "", "", "1"));
        page.call("signOut", Map.of("client", DEFAULT, "owner", owner));

        assertThat(tokens).hasSize(3).allSatisfy(token -> {
            assertThat(token).hasSizeGreaterThan(15);
            assertThat(page.heard()).doesNotContain(token.substring(token.length() - 8));
        });
        assertThat(page.heard()).contains(owner).doesNotContain(deviceCode, DevUIApplication.CLIENT_SECRET,
                DevUIApplication.GATEWAY_KEY, DevUIApplication.LOGIN_TOKEN);
    }
}
