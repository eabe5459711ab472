package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer.Builder;

class RefreshTest {

    private final VirtualClock clock = new VirtualClock();
    private DeviceAuthorizationServer server;
    private Http http;

    private JsonNode signIn(UnaryOperator<Builder> configuration) {
        server = configuration.apply(DeviceAuthorizationServer.builder().clock(clock)).start();
        http = new Http(server);
        server.script().approve("alice");
        return Http.json(http.poll(http.start("openid profile offline_access")));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.get("refresh_token").asText();
    }

    private static String accessToken(JsonNode tokens) {
        return tokens.get("access_token").asText();
    }

    @Test
    void rotatesTheRefreshToken() {
        JsonNode first = signIn(builder -> builder);
        clock.advanceSeconds(300);
        assertThat(http.hello(accessToken(first)).statusCode()).isEqualTo(401);

        JsonNode second = Http.json(http.refresh(refreshToken(first)));
        assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
        assertThat(http.hello(accessToken(second)).statusCode()).isEqualTo(200);
        assertThat(http.refresh(refreshToken(second)).statusCode()).isEqualTo(200);
        assertThat(server.counters().refreshTokenReuses()).isZero();
    }

    @Test
    void revokesTheWholeFamilyWhenASpentRefreshTokenIsUsedAgain() {
        JsonNode first = signIn(builder -> builder);
        JsonNode second = Http.json(http.refresh(refreshToken(first)));

        assertError(http.refresh(refreshToken(first)), 400, "invalid_grant",
                "The refresh token was used already; all tokens of this sign-in are revoked");
        assertError(http.refresh(refreshToken(second)), 400, "invalid_grant", "unknown, expired, revoked");
        assertThat(http.hello(accessToken(first)).statusCode()).isEqualTo(401);
        assertThat(http.hello(accessToken(second)).statusCode()).isEqualTo(401);
        assertThat(server.counters().refreshTokenReuses()).isEqualTo(1);
    }

    @Test
    void leavesOtherSignInsAlone() {
        JsonNode alice = signIn(builder -> builder);
        server.script().approve("bob");
        JsonNode bob = Http.json(http.poll(http.start("offline_access")));
        http.refresh(refreshToken(alice));
        http.refresh(refreshToken(alice));

        assertThat(http.hello(accessToken(bob)).statusCode()).isEqualTo(200);
        assertThat(http.refresh(refreshToken(bob)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesARefreshTokenThatHasExpiredAndLeavesTheAccessTokenAlone() {
        JsonNode first = signIn(builder -> builder.refreshTokenLifespan(Duration.ofSeconds(60)));
        clock.advanceSeconds(59);
        JsonNode second = Http.json(http.refresh(refreshToken(first)));
        clock.advanceSeconds(60);

        assertError(http.refresh(refreshToken(second)), 400, "invalid_grant", "unknown, expired");
        assertThat(http.hello(accessToken(second)).statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsASpentRefreshTokenWithinTheLeeway() {
        String spent = refreshToken(signIn(builder -> builder.refreshReuseLeeway(Duration.ofSeconds(10))));
        http.refresh(spent);
        clock.advanceSeconds(9);
        assertThat(http.refresh(spent).statusCode()).isEqualTo(200);
        clock.advanceSeconds(1);
        assertError(http.refresh(spent), 400, "invalid_grant", "used already");
    }

    @Test
    void keepsTheRefreshTokenWhenRotationIsOff() {
        String refreshToken = refreshToken(signIn(builder -> builder.refreshTokenRotation(false)));
        assertThat(Http.json(http.refresh(refreshToken)).has("refresh_token")).isFalse();
        assertThat(http.refresh(refreshToken).statusCode()).isEqualTo(200);
    }

    @Test
    void narrowsTheScopeOfTheAccessTokenOnly() {
        JsonNode first = signIn(builder -> builder);
        JsonNode narrowed = Http.json(http.post("/oauth/token", "grant_type", "refresh_token", "client_id", "cli",
                "refresh_token", refreshToken(first), "scope", "profile"));
        assertThat(narrowed.get("scope").asText()).isEqualTo("profile");
        assertThat(Http.json(http.refresh(refreshToken(narrowed))).get("scope").asText())
                .isEqualTo("openid profile offline_access");
    }

    @Test
    void refusesScopesThatWereNotGrantedAndSpendsNothing() {
        String refreshToken = refreshToken(signIn(builder -> builder));
        assertError(http.post("/oauth/token", "grant_type", "refresh_token", "client_id", "cli", "refresh_token",
                refreshToken, "scope", "email"), 400, "invalid_scope", "The scope email was not granted");
        assertThat(http.refresh(refreshToken).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAnotherClientAndSpendsNothing() {
        String refreshToken = refreshToken(signIn(builder -> builder));
        assertError(http.post("/oauth/token", "grant_type", "refresh_token", "client_id", "other", "refresh_token",
                refreshToken), 400, "invalid_grant", "another client's");
        assertThat(http.refresh(refreshToken).statusCode()).isEqualTo(200);
    }

    @Test
    void revocationOfARefreshTokenTakesItsAccessTokensAlong() {
        JsonNode tokens = signIn(builder -> builder);
        assertThat(revoke("cli", refreshToken(tokens))).isEqualTo(200);

        assertError(http.refresh(refreshToken(tokens)), 400, "invalid_grant", "revoked");
        assertThat(http.hello(accessToken(tokens)).statusCode()).isEqualTo(401);
        assertThat(server.counters().revocations()).isEqualTo(1);
    }

    @Test
    void revocationOfAnAccessTokenLeavesTheRefreshToken() {
        JsonNode tokens = signIn(builder -> builder);
        assertThat(revoke("cli", accessToken(tokens))).isEqualTo(200);

        assertThat(http.hello(accessToken(tokens)).statusCode()).isEqualTo(401);
        assertThat(http.refresh(refreshToken(tokens)).statusCode()).isEqualTo(200);
    }

    @Test
    void revocationOfUnknownAndForeignTokensChangesNothing() {
        JsonNode tokens = signIn(builder -> builder);
        assertThat(revoke("cli", "unknown")).isEqualTo(200);
        assertThat(revoke("other", refreshToken(tokens))).isEqualTo(200);
        assertThat(revoke("other", accessToken(tokens))).isEqualTo(200);

        assertThat(http.hello(accessToken(tokens)).statusCode()).isEqualTo(200);
        assertThat(server.counters().revocations()).isZero();
        assertError(http.post("/oauth/revoke", "client_id", "cli"), 400, "invalid_request", "token is missing");
    }

    private int revoke(String client, String token) {
        return http.post("/oauth/revoke", "client_id", client, "token", token).statusCode();
    }
}
