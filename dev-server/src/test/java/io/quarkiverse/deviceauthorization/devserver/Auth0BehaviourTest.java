package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

class Auth0BehaviourTest {

    private static final String SCOPE = "profile offline_access openid";

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().behaviour(Behaviour.AUTH0)
            .clock(clock).publicClient("cli").start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void wantsScopeAndAudience() {
        assertError(http.post("/oauth/device/code", "client_id", "cli", "audience", "https://api.example.com"), 400,
                "invalid_request", "The parameter scope is missing");
        assertError(http.post("/oauth/device/code", "client_id", "cli", "scope", SCOPE), 400, "invalid_request",
                "The parameter audience is missing");
        assertError(http.post("/oauth/device/code", "client_id", "other", "scope", SCOPE), 400, "unauthorized_client",
                "The client is unknown");
    }

    @Test
    void wantsThemOnlyWhereAsked() {
        try (DeviceAuthorizationServer lenient = DeviceAuthorizationServer.builder().behaviour(Behaviour.AUTH0)
                .requireScope(false).requireAudience(false).start()) {
            assertThat(new Http(lenient).post("/oauth/device/code", "client_id", "cli").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersPolls403And429() {
        JsonNode flow = http.start(SCOPE);
        clock.advanceSeconds(5);
        assertError(http.poll(flow), 403, "authorization_pending", "");
        assertError(http.poll(flow), 429, "slow_down", "");
        clock.advanceSeconds(10);
        server.script().deny();
        assertError(http.poll(flow), 403, "access_denied", "");
        JsonNode next = http.start(SCOPE);
        clock.advanceSeconds(300);
        assertError(http.poll(next), 403, "expired_token", "");
    }

    @Test
    void answersWithTokensThatSayThemselvesWhenTheyExpire() throws InvalidJwtException {
        server.script().approve("alice");
        JsonNode tokens = Http.json(http.poll(http.start(SCOPE)));

        assertThat(tokens.fieldNames()).toIterable().containsExactlyInAnyOrder("access_token", "refresh_token", "id_token");
        assertThat(new JwtConsumerBuilder().setSkipAllValidators().setSkipSignatureVerification().build()
                .processToClaims(tokens.get("access_token").asText()).getClaimValue("exp"))
                .isEqualTo(clock.instant().getEpochSecond() + 300);
    }

    @Test
    void refreshTokensAreGoodForOneUse() {
        server.script().approve("alice");
        String refreshToken = Http.json(http.poll(http.start(SCOPE))).get("refresh_token").asText();

        assertThat(Http.json(http.refresh(refreshToken)).has("refresh_token")).isTrue();
        assertError(http.refresh(refreshToken), 403, "invalid_grant", "used already");
    }
}
