package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.Key;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class ClientAssertionTest {

    private static final PublicJsonWebKey RSA = Jwts.rsa();
    private static final EllipticCurveJsonWebKey EC = Jwts.ec();
    private static final String SECRET = "short secret";

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock)
            .client("tv", SECRET).secretJwtClient("radio", SECRET).assertingClient("kiosk", Jwts.publicJson(RSA))
            .assertingClient("robot", "{\"keys\":[" + Jwts.publicJson(RSA) + "," + Jwts.publicJson(EC) + "]}")
            .publicClient("cli").start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private JwtClaims claims(String client) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(client);
        claims.setSubject(client);
        claims.setAudience(server.issuer());
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setExpirationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond() + 10));
        return claims;
    }

    private String assertion(String client, String algorithm, Key key, Consumer<JwtClaims> change) {
        JwtClaims claims = claims(client);
        change.accept(claims);
        return Jwts.sign(algorithm, key, Map.of(), claims);
    }

    private String assertion(String client, Consumer<JwtClaims> change) {
        return assertion(client, "RS256", RSA.getPrivateKey(), change);
    }

    private String assertion(String client) {
        return assertion(client, claims -> {
        });
    }

    private String signedWithSecret(String client, String secret) {
        return assertion(client, "HS256", Jwts.secret(secret), claims -> {
        });
    }

    private HttpResponse<String> send(Endpoint endpoint, String assertion, String... more) {
        String[] form = new String[more.length + 4];
        System.arraycopy(new String[] { "client_assertion_type", ClientAssertions.TYPE, "client_assertion", assertion }, 0,
                form, 0, 4);
        System.arraycopy(more, 0, form, 4, more.length);
        return http.post(endpoint.path(), form);
    }

    private HttpResponse<String> start(String assertion, String... more) {
        return send(Endpoint.DEVICE_AUTHORIZATION, assertion, more);
    }

    @Test
    void acceptsAssertionsThroughoutASignIn() {
        JsonNode flow = Http.json(start(assertion("kiosk"), "scope", "openid offline_access", "client_id", "kiosk"));
        server.script().approve("alice");
        JsonNode tokens = Http.json(send(Endpoint.TOKEN, assertion("kiosk"), "grant_type", Http.DEVICE_CODE_GRANT,
                "device_code", flow.get("device_code").asText()));
        JsonNode refreshed = Http.json(send(Endpoint.TOKEN, assertion("kiosk"), "grant_type", "refresh_token",
                "refresh_token", tokens.get("refresh_token").asText()));
        assertThat(send(Endpoint.REVOCATION, assertion("kiosk"), "token", refreshed.get("refresh_token").asText())
                .statusCode()).isEqualTo(200);
        assertThat(server.counters().revocations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "RS256", "RS512", "PS256", "ES256" })
    void acceptsEveryKeyOfTheSet(String algorithm) {
        PublicJsonWebKey key = algorithm.startsWith("ES") ? EC : RSA;
        assertThat(start(assertion("robot", algorithm, key.getPrivateKey(), claims -> {
        })).statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsTheTokenEndpointAsAudience() {
        assertThat(start(assertion("kiosk", claims -> claims.setAudience("https://other.example.com",
                server.issuer() + "/oauth/token"))).statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsAssertionsSignedWithTheSecret() {
        assertThat(start(signedWithSecret("tv", SECRET)).statusCode()).isEqualTo(200);
        assertThat(start(signedWithSecret("radio", SECRET)).statusCode()).isEqualTo(200);
    }

    @Test
    void wantsAnAssertionOfThoseWhoMustSendOne() {
        assertError(http.post("/oauth/device/code", "client_id", "radio", "client_secret", SECRET), 401, "invalid_client",
                "The client must authenticate with client_secret_jwt");
        assertError(http.post("/oauth/device/code", "client_id", "kiosk"), 401, "invalid_client",
                "The client must authenticate with private_key_jwt");
    }

    @ParameterizedTest
    @EnumSource(value = Endpoint.class, names = { "DEVICE_AUTHORIZATION", "TOKEN", "REVOCATION" })
    void refusesWrongSignaturesEverywhere(Endpoint endpoint) {
        assertError(send(endpoint, assertion("kiosk", "RS256", Jwts.rsa().getPrivateKey(), claims -> {
        })), 401, "invalid_client", "The assertion is not signed as this client signs");
        assertError(send(endpoint, signedWithSecret("tv", "wrong")), 401, "invalid_client",
                "The assertion is not signed as this client signs");
    }

    @Test
    void refusesAssertionsThatAreNotSignedAsTheClientSigns() {
        assertError(start(signedWithSecret("kiosk", Jwts.publicJson(RSA))), 401, "invalid_client", "not signed as");
        assertError(start(assertion("tv")), 401, "invalid_client", "not signed as");
        String claims = assertion("kiosk").split("\\.")[1];
        assertError(start("eyJhbGciOiJub25lIn0." + claims + "."), 401, "invalid_client", "The assertion is malformed");
        assertError(start("abc"), 401, "invalid_client", "The assertion is malformed");
        assertError(start(signedWithSecret("cli", SECRET)), 401, "invalid_client", "The client is a public one");
        assertError(start(assertion("other")), 401, "invalid_client", "The client is unknown");
    }

    @Test
    void refusesAnAssertionThatWasUsed() {
        String assertion = assertion("kiosk");
        assertThat(start(assertion).statusCode()).isEqualTo(200);
        assertError(start(assertion), 401, "invalid_client", "The assertion was used already");
        assertError(send(Endpoint.TOKEN, assertion), 401, "invalid_client", "The assertion was used already");
    }

    @Test
    void refusesAnAssertionThatExpired() {
        String assertion = assertion("kiosk");
        clock.advanceSeconds(10);
        assertError(start(assertion), 401, "invalid_client", "The assertion has expired");
        assertError(start(assertion("kiosk", claims -> claims.unsetClaim("exp"))), 401, "invalid_client",
                "The assertion has no exp");
        assertError(start(assertion("kiosk", claims -> claims.setExpirationTime(
                NumericDate.fromSeconds(clock.instant().getEpochSecond() + 7200)))), 401, "invalid_client",
                "The assertion is good for longer than an hour");
    }

    @Test
    void refusesAssertionsWithClaimsThatAreWrong() {
        assertError(start(assertion("kiosk", claims -> claims.setAudience(server.issuer() + "/oauth/device/code"))), 401,
                "invalid_client", "aud must be the issuer or the token endpoint");
        assertError(start(assertion("kiosk", claims -> claims.unsetClaim("aud"))), 401, "invalid_client",
                "The assertion has no aud");
        assertError(start(assertion("kiosk", claims -> claims.setIssuer("robot"))), 401, "invalid_client",
                "The assertion has another iss than the client_id");
        assertError(start(assertion("kiosk", claims -> claims.unsetClaim("sub"))), 401, "invalid_client",
                "The assertion has no sub");
        assertError(start(assertion("kiosk", claims -> claims.unsetClaim("jti"))), 401, "invalid_client",
                "The assertion has no jti");
    }

    @Test
    void refusesRequestsThatAreAmbiguous() {
        assertError(start(assertion("kiosk"), "client_id", "robot"), 400, "invalid_request",
                "not the one that authenticates");
        assertError(start(signedWithSecret("tv", SECRET), "client_secret", SECRET), 400, "invalid_request",
                "two ways at once");
        assertError(http.send(http.request("/oauth/device/code").header("Authorization", "Basic dHY6eA==")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Http.form("client_assertion_type", ClientAssertions.TYPE, "client_assertion",
                        assertion("kiosk"))))),
                400, "invalid_request", "two ways at once");
        assertError(http.post("/oauth/device/code", "client_id", "kiosk", "client_assertion", assertion("kiosk")), 400,
                "invalid_request", "The parameter client_assertion_type is missing");
        assertError(http.post("/oauth/device/code", "client_id", "kiosk", "client_assertion_type", ClientAssertions.TYPE), 400,
                "invalid_request", "The parameter client_assertion is missing");
        assertError(http.post("/oauth/device/code", "client_assertion_type", "saml", "client_assertion", "x"), 400,
                "invalid_request", "The client_assertion_type must be ");
    }

    @Test
    void checksTheClaimsOfAClientThatAnybodyMayBe() {
        try (DeviceAuthorizationServer open = DeviceAuthorizationServer.builder().clock(clock).start()) {
            Http openHttp = new Http(open);
            String assertion = assertion("any", claims -> claims.setAudience(open.issuer()));
            assertThat(openHttp.post("/oauth/device/code", "client_assertion_type", ClientAssertions.TYPE,
                    "client_assertion", assertion).statusCode()).isEqualTo(200);
            assertError(openHttp.post("/oauth/device/code", "client_assertion_type", ClientAssertions.TYPE,
                    "client_assertion", assertion), 401, "invalid_client", "The assertion was used already");
        }
    }

    @Test
    void registersPublicKeysOnly() {
        for (String keys : List.of(RSA.toJson(OutputControlLevel.INCLUDE_PRIVATE), "{\"keys\":[]}",
                "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}")) {
            assertThatThrownBy(() -> DeviceAuthorizationServer.builder().assertingClient("x", keys))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The client x needs public keys, and only those");
        }
        assertThatThrownBy(() -> DeviceAuthorizationServer.builder().assertingClient("x", "-----BEGIN"))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("The keys of a client must be a JWK or a JWKS");
    }

    @Test
    void advertisesTheMethods() {
        JsonNode metadata = Http.json(http.get("/.well-known/oauth-authorization-server"));
        for (String endpoint : List.of("token", "revocation")) {
            assertThat(metadata.get(endpoint + "_endpoint_auth_methods_supported").toString())
                    .contains("\"client_secret_jwt\"", "\"private_key_jwt\"");
            assertThat(metadata.get(endpoint + "_endpoint_auth_signing_alg_values_supported").toString())
                    .contains("\"HS256\"", "\"RS256\"", "\"PS256\"", "\"ES256\"");
        }
    }
}
