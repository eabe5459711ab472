package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class TokenContentTest {

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock)
            .user("carol", Map.of("sub", "u-1", "name", "Carol", "email", "carol@example.com", "groups", "admins")).start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode signIn(String scope) {
        server.script().approve("carol");
        return Http.json(http.poll(http.start(scope)));
    }

    private JwtClaims verified(String jwt, String audience) throws JoseException, InvalidJwtException {
        JsonWebKeySet keys = new JsonWebKeySet(http.get("/.well-known/jwks.json").body());
        return new JwtConsumerBuilder().setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .setExpectedIssuer(server.issuer()).setExpectedAudience(audience).setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond())).build().processToClaims(jwt);
    }

    @Test
    void theAccessTokenIsAJwtSignedWithThePublishedKey() throws Exception {
        JwtClaims claims = verified(signIn("openid").get("access_token").asText(), "https://api.example.com");

        assertThat(claims.getSubject()).isEqualTo("u-1");
        assertThat(claims.getStringClaimValue("client_id")).isEqualTo("cli");
        assertThat(claims.getStringClaimValue("scope")).isEqualTo("openid");
        assertThat(claims.getExpirationTime().getValue()).isEqualTo(clock.instant().getEpochSecond() + 300);
    }

    @Test
    void theIdTokenIsForTheClientAndSaysWhatTheScopesAllow() throws Exception {
        JwtClaims claims = verified(signIn("openid email").get("id_token").asText(), "cli");

        assertThat(claims.getClaimNames()).containsExactlyInAnyOrder("iss", "sub", "aud", "iat", "exp", "email", "groups");
    }

    @Test
    void thePublishedKeyHasNoPrivatePart() {
        assertThat(Http.json(http.get("/.well-known/jwks.json")).get("keys").get(0).fieldNames()).toIterable()
                .containsExactlyInAnyOrder("kty", "kid", "use", "alg", "n", "e");
    }

    @Test
    void userinfoSaysWhatTheScopesAllow() {
        String accessToken = signIn("openid profile").get("access_token").asText();
        assertThat(http.get("/userinfo", "Authorization", "Bearer " + accessToken).body())
                .contains("\"sub\":\"u-1\"", "\"name\":\"Carol\"", "\"groups\":\"admins\"").doesNotContain("email");
    }

    @Test
    void userinfoWantsTheOpenidScope() {
        HttpResponse<String> response = http.get("/userinfo", "Authorization",
                "Bearer " + signIn("profile").get("access_token").asText());
        assertError(response, 403, "insufficient_scope", "The access token lacks a scope");
        assertThat(response.headers().firstValue("WWW-Authenticate")).get().asString()
                .contains("error=\"insufficient_scope\"", "scope=\"openid\"");
    }

    @Test
    void theProtectedResourceSaysWhoCalls() {
        HttpResponse<String> response = http.hello(signIn("openid").get("access_token").asText());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(
                "{\"message\":\"Hello Carol\",\"sub\":\"u-1\",\"client_id\":\"cli\",\"scope\":\"openid\"}");
    }

    @Test
    void theProtectedResourceChallengesThoseWithoutAToken() {
        HttpResponse<String> none = http.get("/api/hello");
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"dev-server\"");

        HttpResponse<String> wrong = http.hello("wrong");
        assertError(wrong, 401, "invalid_token", "unknown, expired or revoked");
        assertThat(wrong.headers().firstValue("WWW-Authenticate")).get().asString().contains("error=\"invalid_token\"");
    }

    @Test
    void theProtectedResourceRefusesExpiredTokens() {
        String accessToken = signIn("openid").get("access_token").asText();
        clock.advanceSeconds(299);
        assertThat(http.hello(accessToken).statusCode()).isEqualTo(200);
        clock.advanceSeconds(1);
        assertError(http.hello(accessToken), 401, "invalid_token", "unknown, expired or revoked");
    }

    @Test
    void theIdTokenRepeatsTheNonceOfTheSignInAndThatOfARefreshDoesNot() throws Exception {
        server.script().approve("carol");
        JsonNode tokens = Http.json(http.poll(Http.json(http.post("/oauth/device/code", "client_id", "cli", "scope",
                "openid offline_access", "nonce", "n-0S6_WzA2Mj"))));
        assertThat(verified(tokens.get("id_token").asText(), "cli").getStringClaimValue("nonce")).isEqualTo("n-0S6_WzA2Mj");

        JsonNode refreshed = Http.json(http.refresh(tokens.get("refresh_token").asText()));
        assertThat(verified(refreshed.get("id_token").asText(), "cli").hasClaim("nonce")).isFalse();
    }

    @Test
    void answersRepeatTheAuthorizationDetails() throws Exception {
        String details = "[{\"type\":\"payment\",\"amount\":{\"value\":1.5}},{\"type\":\"account\",\"actions\":[\"read\"]}]";
        server.script().approve("carol");
        JsonNode tokens = Http.json(http.poll(Http.json(http.post("/oauth/device/code", "client_id", "cli", "scope",
                "offline_access", "authorization_details", details))));
        assertThat(tokens.get("authorization_details").toString()).isEqualTo(details);
        assertThat(verified(tokens.get("access_token").asText(), server.issuer()).getClaimValue("authorization_details"))
                .asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
        assertThat(Http.json(http.refresh(tokens.get("refresh_token").asText())).get("authorization_details").toString())
                .isEqualTo(details);
    }

    @ParameterizedTest
    @ValueSource(strings = { "payment", "{\"type\":\"payment\"}", "[]", "null", "[null]", "[{}]", "[{\"type\":1}]",
            "[{\"type\":\"payment\"}] x" })
    void refusesAuthorizationDetailsThatAreNoArrayOfTypedObjects(String details) {
        assertError(http.post("/oauth/device/code", "client_id", "cli", "authorization_details", details), 400,
                "invalid_authorization_details", "The authorization_details ");
    }
}
