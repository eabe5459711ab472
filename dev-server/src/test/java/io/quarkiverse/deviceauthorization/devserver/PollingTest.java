package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class PollingTest {

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock)
            .codeLifespan(Duration.ofSeconds(60)).accessTokenLifespan(Duration.ofSeconds(120)).start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void isPendingUntilApprovedAndThenGrantsOnce() {
        JsonNode flow = http.start("openid profile offline_access");
        clock.advanceSeconds(5);
        assertError(http.poll(flow), 400, "authorization_pending", "The user has yet to approve the request");

        server.script().approve("alice");
        clock.advanceSeconds(5);
        JsonNode tokens = Http.json(http.poll(flow));
        assertThat(tokens.fieldNames()).toIterable().containsExactlyInAnyOrder("access_token", "refresh_token", "id_token",
                "token_type", "expires_in", "scope");
        assertThat(tokens.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.get("expires_in").numberValue()).isEqualTo(120);
        assertThat(tokens.get("scope").asText()).isEqualTo("openid profile offline_access");

        clock.advanceSeconds(5);
        assertError(http.poll(flow), 400, "invalid_grant", "The device code was used already");
        assertThat(server.counters().earlyPolls()).isZero();
        assertThat(server.counters().polls(flow.get("device_code").asText())).isEqualTo(3);
        assertThat(server.counters().tokenRequests(Http.DEVICE_CODE_GRANT)).isEqualTo(3);
    }

    @Test
    void givesNoRefreshTokenAndNoIdTokenUnlessTheirScopesWereGranted() {
        server.script().approve("alice");
        assertThat(Http.json(http.poll(http.start("profile"))).fieldNames()).toIterable()
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope");
    }

    @Test
    void slowsDownThosePollingFasterThanTheInterval() {
        JsonNode flow = http.start("openid");
        clock.advanceSeconds(5);
        assertError(http.poll(flow), 400, "authorization_pending", "");
        clock.advance(Duration.ofMillis(4_900));
        assertError(http.poll(flow), 400, "slow_down", "the interval is 10 seconds from now on");
        clock.advanceSeconds(9);
        assertError(http.poll(flow), 400, "slow_down", "the interval is 15 seconds from now on");
        clock.advanceSeconds(15);
        assertError(http.poll(flow), 400, "authorization_pending", "");
        assertThat(server.counters().earlyPolls()).isEqualTo(2);
    }

    @Test
    void countsAFirstPollThatDoesNotWait() {
        assertError(http.poll(http.start("openid")), 400, "authorization_pending", "");
        assertThat(server.counters().earlyPolls()).isEqualTo(1);
    }

    @Test
    void watchesTheIntervalOfRequestsThatFailToo() {
        JsonNode flow = http.start("openid");
        server.script().fail(503);
        clock.advanceSeconds(5);
        assertThat(http.poll(flow).statusCode()).isEqualTo(503);
        clock.advanceSeconds(1);
        assertError(http.poll(flow), 400, "slow_down", "");
        assertThat(server.counters().earlyPolls()).isEqualTo(1);
    }

    @Test
    void tellsThatTheCodeExpiredAndForgetsItLater() {
        JsonNode flow = http.start("openid");
        clock.advanceSeconds(60);
        assertError(http.poll(flow), 400, "expired_token", "The device code has expired");

        clock.advance(Duration.ofHours(1));
        http.start("openid");
        assertError(http.poll(flow), 400, "invalid_grant", "unknown");
    }

    @Test
    void bindsTheDeviceCodeToItsClient() {
        JsonNode flow = http.start("openid");
        server.script().approve("alice");
        assertError(http.post("/oauth/token", "grant_type", Http.DEVICE_CODE_GRANT, "client_id", "other", "device_code",
                flow.get("device_code").asText()), 400, "invalid_grant", "another client's");
        assertThat(http.poll(flow).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesMalformedRequests() {
        assertError(http.post("/oauth/token", "client_id", "cli"), 400, "invalid_request", "grant_type is missing");
        assertError(http.post("/oauth/token", "client_id", "cli", "grant_type", "password"), 400, "unsupported_grant_type",
                "The grant type password is not supported");
        assertError(http.post("/oauth/token", "client_id", "cli", "grant_type", Http.DEVICE_CODE_GRANT), 400,
                "invalid_request", "device_code is missing");
        assertError(http.post("/oauth/token", "client_id", "cli", "grant_type", Http.DEVICE_CODE_GRANT, "device_code", "x"),
                400, "invalid_grant", "The device code is unknown");
    }

    @Test
    void grantsOneOfManyConcurrentPolls() {
        JsonNode flow = http.start("openid");
        server.script().approve("alice");
        List<CompletableFuture<Integer>> polls = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> http.poll(flow).statusCode())).toList();
        assertThat(polls.stream().map(CompletableFuture::join)).containsOnlyOnce(200).hasSize(8);
    }
}
