package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class ScriptTest {

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock).start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> pollInTime(JsonNode flow) {
        clock.advanceSeconds(20);
        return http.poll(flow);
    }

    @Test
    void answersInTheOrderOfTheCallsAndThenAsUsual() {
        server.script().pending(2).slowDown().fail(502).approve("alice");
        JsonNode flow = http.start("openid");

        assertError(pollInTime(flow), 400, "authorization_pending", "has yet to approve");
        assertError(pollInTime(flow), 400, "authorization_pending", "has yet to approve");
        assertError(pollInTime(flow), 400, "slow_down", "10 seconds from now on");
        HttpResponse<String> gateway = pollInTime(flow);
        assertThat(gateway.statusCode()).isEqualTo(502);
        assertThat(gateway.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(pollInTime(flow).statusCode()).isEqualTo(200);
        assertError(pollInTime(http.start("openid")), 400, "authorization_pending", "has yet to approve");
        assertThat(server.counters().earlyPolls()).isZero();
    }

    @Test
    void approvesAllPendingFlowsAtOnce() {
        JsonNode first = http.start("openid");
        JsonNode second = http.start("openid");

        server.script().approve("bob");
        JsonNode third = http.start("openid");

        assertThat(pollInTime(first).statusCode()).isEqualTo(200);
        assertThat(pollInTime(second).statusCode()).isEqualTo(200);
        assertThat(pollInTime(third).statusCode()).isEqualTo(400);
    }

    @Test
    void approvesOneFlowByItsUserCode() {
        JsonNode first = http.start("openid");
        JsonNode second = http.start("openid");

        server.script().approve(second.get("user_code").asText(), "bob");

        assertThat(pollInTime(first).statusCode()).isEqualTo(400);
        JsonNode tokens = Http.json(pollInTime(second));
        assertThat(http.hello(tokens.get("access_token").asText()).body()).contains("\"sub\":\"bob\"");
    }

    @Test
    void refusesUsersAndUserCodesThatDoNotExist() {
        assertThatThrownBy(() -> server.script().approve("mallory"))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("There is no user mallory; there are alice, bob");
        assertThatThrownBy(() -> server.script().approve("ZZZZ-ZZZZ", "alice"))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("No pending flow has the user code ZZZZ-ZZZZ");
    }

    @Test
    void deniesPendingFlows() {
        JsonNode flow = http.start("openid");
        server.script().deny();
        assertError(pollInTime(flow), 400, "access_denied", "The user denied");
    }

    @Test
    void expiresPendingFlows() {
        JsonNode flow = http.start("openid");
        server.script().expire();
        assertError(pollInTime(flow), 400, "expired_token", "has expired");
    }

    @Test
    void decidesTheNextFlowWhenNoneIsPending() {
        server.script().deny();
        assertError(pollInTime(http.start("openid")), 400, "access_denied", "The user denied");
        assertError(pollInTime(http.start("openid")), 400, "authorization_pending", "has yet to approve");
    }

    @Test
    void dropsTheConnectionAndLosesNothing() {
        JsonNode flow = http.start("openid");
        server.script().approve("alice").dropConnection();

        assertThatThrownBy(() -> pollInTime(flow)).hasRootCauseInstanceOf(IOException.class);
        assertThat(pollInTime(flow).statusCode()).isEqualTo(200);
    }

    @Test
    void losesTheAnswerOfAGrantThatWasMade() {
        JsonNode flow = http.start("openid");
        server.script().approve("alice").loseAnswer();

        assertThatThrownBy(() -> pollInTime(flow)).hasRootCauseInstanceOf(IOException.class);
        assertError(pollInTime(flow), 400, "invalid_grant", "used already");
    }

    @Test
    void losesTheAnswerOfARefreshSoThatTheTokenIsSpent() {
        server.script().approve("alice");
        String refreshToken = Http.json(pollInTime(http.start("openid offline_access"))).get("refresh_token").asText();
        server.script().loseAnswer();

        assertThatThrownBy(() -> http.refresh(refreshToken)).hasRootCauseInstanceOf(IOException.class);
        assertError(http.refresh(refreshToken), 400, "invalid_grant", "used already");
        assertThat(server.counters().refreshTokenReuses()).isEqualTo(1);
    }

    @Test
    void failsAnyEndpointAsOftenAsAsked() {
        server.script().fail(Endpoint.OPENID_CONFIGURATION, 503, 2).answer(Endpoint.DEVICE_AUTHORIZATION, 200,
                "application/json", "{\"device_code\":");

        assertThat(http.get("/.well-known/openid-configuration").statusCode()).isEqualTo(503);
        assertThat(http.get("/.well-known/openid-configuration").statusCode()).isEqualTo(503);
        assertThat(http.get("/.well-known/openid-configuration").statusCode()).isEqualTo(200);
        assertThat(http.post("/oauth/device/code", "client_id", "cli").body()).isEqualTo("{\"device_code\":");
        assertThat(http.post("/oauth/device/code", "client_id", "cli").body()).contains("user_code");
    }

    @Test
    void leavesAnswersForPollsToPolls() {
        server.script().approve("alice");
        String refreshToken = Http.json(pollInTime(http.start("offline_access"))).get("refresh_token").asText();
        server.script().pending(1);

        assertThat(http.refresh(refreshToken).statusCode()).isEqualTo(200);
        server.script().approve("alice");
        assertError(pollInTime(http.start("openid")), 400, "authorization_pending", "has yet to approve");
    }

    @Test
    void resetForgetsFlowsStepsAndCounters() {
        JsonNode flow = http.start("openid");
        server.script().pending(3).fail(500).reset();

        assertThat(server.counters().requests()).isEmpty();
        assertThat(server.counters().deviceAuthorizationRequests()).isZero();
        assertError(pollInTime(flow), 400, "invalid_grant", "unknown");
        assertError(pollInTime(http.start("openid")), 400, "authorization_pending", "has yet to approve");
    }
}
