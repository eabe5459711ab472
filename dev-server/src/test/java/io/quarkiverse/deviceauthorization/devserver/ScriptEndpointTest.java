package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class ScriptEndpointTest {

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock).start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> script(String... parameters) {
        return http.post("/dev/script", parameters);
    }

    private HttpResponse<String> pollInTime(JsonNode flow) {
        clock.advanceSeconds(20);
        return http.poll(flow);
    }

    @Test
    void approvesAndShowsWhatBecameOfTheFlows() {
        JsonNode flow = http.start("openid");
        JsonNode state = Http.json(script("action", "approve", "user", "bob"));

        assertThat(state.get("flows").toString()).isEqualTo("[{\"user_code\":\"" + flow.get("user_code").asText()
                + "\",\"client_id\":\"cli\",\"state\":\"approved\",\"user\":\"bob\"}]");
        assertThat(state.toString()).doesNotContain(flow.get("device_code").asText());
        assertThat(pollInTime(flow).statusCode()).isEqualTo(200);
        assertThat(Http.json(http.get("/dev/script")).at("/flows/0/state").asText()).isEqualTo("redeemed");
    }

    @Test
    void approvesAsTheFirstUserWhenNoneIsNamed() {
        http.start("openid");
        assertThat(Http.json(script("action", "approve")).at("/flows/0/user").asText()).isEqualTo("alice");
    }

    @Test
    void decidesSingleFlows() {
        JsonNode approved = http.start("openid");
        JsonNode denied = http.start("openid");
        JsonNode expired = http.start("openid");
        script("action", "approve", "user", "alice", "user_code", approved.get("user_code").asText());
        script("action", "deny", "user_code", denied.get("user_code").asText());
        script("action", "expire", "user_code", expired.get("user_code").asText());

        assertThat(pollInTime(approved).statusCode()).isEqualTo(200);
        assertError(pollInTime(denied), 400, "access_denied", "");
        assertError(pollInTime(expired), 400, "expired_token", "");
    }

    @Test
    void queuesEveryAction() {
        script("action", "pending", "times", "2");
        script("action", "slow_down");
        script("action", "fail", "status", "503");
        script("action", "drop_connection");
        script("action", "lose_answer", "endpoint", "revocation");
        script("action", "answer", "status", "418", "content_type", "text/plain", "body", "tea");
        JsonNode queue = Http.json(script("action", "deny")).get("queue");
        assertThat(queue.toString()).isEqualTo("{\"token\":[\"pending\",\"pending\",\"slow_down\",\"answer 503\","
                + "\"drop_connection\",\"answer 418\",\"deny\"],\"revocation\":[\"lose_answer\"]}");

        JsonNode flow = http.start("openid");
        assertError(pollInTime(flow), 400, "authorization_pending", "");
        assertError(pollInTime(flow), 400, "authorization_pending", "");
        assertError(pollInTime(flow), 400, "slow_down", "");
        assertThat(pollInTime(flow).statusCode()).isEqualTo(503);
        assertThatThrownBy(() -> pollInTime(flow)).hasRootCauseInstanceOf(IOException.class);
        assertThat(pollInTime(flow).body()).isEqualTo("tea");
        assertError(pollInTime(flow), 400, "access_denied", "");
        assertThat(Http.json(script("action", "reset")).toString()).isEqualTo("{\"flows\":[],\"queue\":{},\"counters\":"
                + "{\"device_authorization_requests\":0,\"token_requests\":0,\"jwks_requests\":0,\"early_polls\":0,"
                + "\"refresh_token_reuses\":0,\"revocations\":0},\"users\":[\"alice\",\"bob\"]}");
    }

    @Test
    void takesJson() {
        JsonNode state = Http.json(http.send(http.request("/dev/script").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"action\":\"pending\",\"times\":3}"))));
        assertThat(state.at("/queue/token").size()).isEqualTo(3);
    }

    @Test
    void explainsWhatIsWrong() {
        assertError(script("action", "aprove"), 400, "invalid_request", "The action must be one of pending, slow_down");
        assertError(script("action", "approve", "user", "mallory"), 400, "invalid_request",
                "There is no user mallory; there are alice, bob");
        assertError(script("action", "deny", "user_code", "ZZZZ-ZZZZ"), 400, "invalid_request",
                "No pending flow has the user code ZZZZ-ZZZZ");
        assertError(script("action", "fail", "status", "abc"), 400, "invalid_request", "status must be a number: abc");
        assertError(script("action", "fail", "status", "99"), 400, "invalid_request", "No HTTP status: 99");
        assertError(script("action", "fail", "endpoint", "moon"), 400, "invalid_request", "There is no endpoint moon");
        assertError(script("action", "pending", "times", "0"), 400, "invalid_request", "times must be 1 or more: 0");
        assertError(http.send(http.request("/dev/script").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[]"))), 400, "invalid_request", "The body is no JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.example", "null", "http://localhost:1" })
    void refusesPagesOfOtherSites(String origin) {
        HttpResponse<String> response = http.send(http.request("/dev/script").header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("action=approve")));
        assertError(response, 403, "access_denied", "Pages of other sites may not use the script");
        assertThat(server.counters().requests()).isEmpty();
        assertError(pollInTime(http.start("openid")), 400, "authorization_pending", "");
    }
}
