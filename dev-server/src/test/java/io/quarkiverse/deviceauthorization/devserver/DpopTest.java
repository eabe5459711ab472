package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Consumer;

import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class DpopTest {

    private static final String SCOPE = "openid offline_access";

    private final VirtualClock clock = new VirtualClock();
    private DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock).publicClient("cli")
            .client("tv", "secret").start();
    private Http http = new Http(server);
    private final DpopKey key = new DpopKey(clock);
    private final DpopKey other = new DpopKey(clock);

    @AfterEach
    void close() {
        server.close();
    }

    private void restart(Consumer<DeviceAuthorizationServer.Builder> configuration) {
        server.close();
        DeviceAuthorizationServer.Builder builder = DeviceAuthorizationServer.builder().clock(clock);
        configuration.accept(builder);
        server = builder.start();
        http = new Http(server);
    }

    private String proof(DpopKey by, Endpoint endpoint, Consumer<JwtClaims> change) {
        String method = endpoint == Endpoint.USERINFO || endpoint == Endpoint.HELLO ? "GET" : "POST";
        return by.proof(method, server.issuer() + endpoint.path(), change);
    }

    private String proof(DpopKey by, Endpoint endpoint) {
        return proof(by, endpoint, claims -> {
        });
    }

    private HttpResponse<String> post(Endpoint endpoint, String proof, String... form) {
        return http.send(http.request(endpoint.path()).header("DPoP", proof)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(Http.form(form))));
    }

    private HttpResponse<String> start(String proof) {
        return post(Endpoint.DEVICE_AUTHORIZATION, proof, "client_id", "cli", "scope", SCOPE);
    }

    private HttpResponse<String> poll(JsonNode flow, String proof) {
        return post(Endpoint.TOKEN, proof, "grant_type", Http.DEVICE_CODE_GRANT, "client_id", "cli", "device_code",
                flow.get("device_code").asText());
    }

    private HttpResponse<String> refresh(JsonNode tokens, String proof) {
        return post(Endpoint.TOKEN, proof, "grant_type", "refresh_token", "client_id", "cli", "refresh_token",
                tokens.get("refresh_token").asText());
    }

    private JsonNode signIn() {
        JsonNode flow = Http.json(start(proof(key, Endpoint.DEVICE_AUTHORIZATION)));
        server.script().approve("alice");
        return Http.json(poll(flow, proof(key, Endpoint.TOKEN)));
    }

    private HttpResponse<String> use(Endpoint resource, JsonNode tokens, DpopKey by, Consumer<JwtClaims> change) {
        String token = tokens.get("access_token").asText();
        return http.get(resource.path(), "Authorization", "DPoP " + token, "DPoP", proof(by, resource, claims -> {
            claims.setStringClaim("ath", Codes.sha256(token));
            change.accept(claims);
        }));
    }

    private HttpResponse<String> use(Endpoint resource, JsonNode tokens) {
        return use(resource, tokens, key, claims -> {
        });
    }

    private static void assertChallenge(HttpResponse<String> response, String error, String description) {
        assertError(response, 401, error, description);
        assertThat(response.headers().firstValue("WWW-Authenticate")).get().asString()
                .startsWith("DPoP realm=\"dev-server\", error=\"" + error + "\"").endsWith("algs=\"ES256\"");
    }

    private static String nonce(HttpResponse<String> response) {
        return response.headers().firstValue("DPoP-Nonce").orElseThrow();
    }

    @Test
    void bindsTheTokensToTheKey() throws InvalidJwtException {
        JsonNode tokens = signIn();

        assertThat(tokens.get("token_type").asText()).isEqualTo("DPoP");
        assertThat(new JwtConsumerBuilder().setSkipAllValidators().setSkipSignatureVerification().build()
                .processToClaims(tokens.get("access_token").asText()).getClaimValue("cnf"))
                .isEqualTo(Map.of("jkt", key.thumbprint()));
        assertThat(use(Endpoint.HELLO, tokens).statusCode()).isEqualTo(200);
        assertThat(use(Endpoint.USERINFO, tokens).statusCode()).isEqualTo(200);
    }

    @Test
    void bindsTheFlowToTheKeyOfItsFirstRequest() {
        JsonNode flow = Http.json(start(proof(key, Endpoint.DEVICE_AUTHORIZATION)));
        server.script().approve("alice");
        assertError(poll(flow, proof(other, Endpoint.TOKEN)), 400, "invalid_dpop_proof", "shows another key than before");
        assertError(http.poll(flow), 400, "invalid_request", "DPoP proof is missing");
        assertThat(poll(flow, proof(key, Endpoint.TOKEN)).statusCode()).isEqualTo(200);
    }

    @Test
    void bindsTheTokensOfAFlowThatBeganWithoutAProof() {
        JsonNode flow = http.start(SCOPE);
        server.script().approve("alice");
        JsonNode tokens = Http.json(poll(flow, proof(key, Endpoint.TOKEN)));
        assertThat(tokens.get("token_type").asText()).isEqualTo("DPoP");
        assertThat(use(Endpoint.HELLO, tokens).statusCode()).isEqualTo(200);
    }

    @Test
    void bindsTheRefreshTokenOfAPublicClientAndSpendsNothingWithoutTheKey() {
        JsonNode tokens = signIn();
        assertError(http.refresh(tokens.get("refresh_token").asText()), 400, "invalid_request", "DPoP proof is missing");
        assertError(refresh(tokens, proof(other, Endpoint.TOKEN)), 400, "invalid_dpop_proof", "another key");

        JsonNode refreshed = Http.json(refresh(tokens, proof(key, Endpoint.TOKEN)));
        assertThat(refreshed.get("token_type").asText()).isEqualTo("DPoP");
        assertThat(use(Endpoint.HELLO, refreshed).statusCode()).isEqualTo(200);
        assertThat(refresh(refreshed, proof(key, Endpoint.TOKEN)).statusCode()).isEqualTo(200);
    }

    @Test
    void leavesTheKeyOfARefreshToAConfidentialClient() {
        String[] credentials = { "client_id", "tv", "client_secret", "secret" };
        JsonNode flow = Http.json(http.post("/oauth/device/code", credentials[0], credentials[1], credentials[2],
                credentials[3], "scope", SCOPE));
        server.script().approve("alice");
        JsonNode tokens = Http.json(post(Endpoint.TOKEN, proof(key, Endpoint.TOKEN), "grant_type", Http.DEVICE_CODE_GRANT,
                credentials[0], credentials[1], credentials[2], credentials[3], "device_code",
                flow.get("device_code").asText()));
        assertError(http.post("/oauth/token", "grant_type", "refresh_token", credentials[0], credentials[1], credentials[2],
                credentials[3], "refresh_token", tokens.get("refresh_token").asText()), 400, "invalid_request",
                "DPoP proof is missing");
        JsonNode refreshed = Http.json(post(Endpoint.TOKEN, proof(other, Endpoint.TOKEN), "grant_type", "refresh_token",
                credentials[0], credentials[1], credentials[2], credentials[3], "refresh_token",
                tokens.get("refresh_token").asText()));
        assertThat(use(Endpoint.HELLO, refreshed, other, claims -> {
        }).statusCode()).isEqualTo(200);
    }

    @Test
    void resourcesWantTheKeyThatTheTokenIsBoundTo() {
        JsonNode tokens = signIn();
        String token = tokens.get("access_token").asText();
        for (Endpoint resource : new Endpoint[] { Endpoint.HELLO, Endpoint.USERINFO }) {
            assertChallenge(http.get(resource.path(), "Authorization", "Bearer " + token), "invalid_token",
                    "The access token is bound to a key: use DPoP");
            assertChallenge(http.get(resource.path(), "Authorization", "DPoP " + token), "invalid_dpop_proof",
                    "The DPoP proof is missing");
            assertChallenge(use(resource, tokens, other, claims -> {
            }), "invalid_token", "The access token is bound to another key");
            assertChallenge(use(resource, tokens, key, claims -> claims.setStringClaim("ath", "x")), "invalid_dpop_proof",
                    "ath must be its digest");
            assertChallenge(use(resource, tokens, key, claims -> claims.unsetClaim("ath")), "invalid_dpop_proof",
                    "ath must be its digest");
        }
        assertChallenge(http.get("/api/hello", "Authorization", "DPoP unknown"), "invalid_token", "unknown, expired");
        server.script().approve("alice");
        JsonNode bearer = Http.json(http.poll(http.start(SCOPE)));
        assertError(use(Endpoint.HELLO, bearer), 401, "invalid_token", "The access token is bound to no key");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/oauth/token?x=y", "/oauth/token#x", "/oauth/device/code", "/oauth/token/" })
    void refusesProofsForAnotherAddress(String path) {
        assertError(poll(http.start(SCOPE), key.proof("POST", server.issuer() + path, claims -> {
        })), 400, "invalid_dpop_proof", "htu must be that of the request without its query");
    }

    @Test
    void knowsTheAddressThatARequestWasSentTo() {
        String address = "http://127.0.0.1:" + server.port() + "/oauth/device/code";
        assertThat(http.send(HttpRequest.newBuilder(URI.create(address))
                .header("DPoP", key.proof("POST", address, claims -> {
                })).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("client_id=cli"))).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesProofsWithClaimsThatAreWrong() {
        assertError(start(key.proof("GET", server.issuer() + "/oauth/device/code", claims -> {
        })), 400, "invalid_dpop_proof", "htm must be POST");
        for (int seconds : new int[] { -61, 61 }) {
            assertError(start(proof(key, Endpoint.DEVICE_AUTHORIZATION, claims -> claims.setIssuedAt(
                    NumericDate.fromSeconds(clock.instant().getEpochSecond() + seconds)))), 400, "invalid_dpop_proof",
                    "iat must be the time of the request");
        }
        assertError(start(proof(key, Endpoint.DEVICE_AUTHORIZATION, claims -> claims.unsetClaim("iat"))), 400,
                "invalid_dpop_proof", "iat must be the time of the request");
        assertError(start(proof(key, Endpoint.DEVICE_AUTHORIZATION, claims -> claims.unsetClaim("jti"))), 400,
                "invalid_dpop_proof", "has no jti");
    }

    @Test
    void refusesAProofThatWasUsed() {
        String proof = proof(key, Endpoint.DEVICE_AUTHORIZATION);
        assertThat(start(proof).statusCode()).isEqualTo(200);
        assertError(start(proof), 400, "invalid_dpop_proof", "The DPoP proof was used already");
        clock.advanceSeconds(60);
        assertError(start(proof), 400, "invalid_dpop_proof", "The DPoP proof was used already");
    }

    @Test
    void refusesProofsThatAreNotSignedAsTheySay() {
        JwtClaims claims = key.claims("POST", server.issuer() + "/oauth/device/code");
        Map<String, Object> jwk = key.key.toParams(OutputControlLevel.PUBLIC_ONLY);
        assertError(start(key.sign(Map.of("typ", "JWT", "jwk", jwk), claims)), 400, "invalid_dpop_proof", "typ");
        assertError(start(key.sign(Map.of("typ", "dpop+jwt"), claims)), 400, "invalid_dpop_proof", "has no jwk");
        assertError(start(key.sign(Map.of("typ", "dpop+jwt", "jwk", "x"), claims)), 400, "invalid_dpop_proof", "malformed");
        assertError(start(key.sign(Map.of("typ", "dpop+jwt", "jwk", key.key.toParams(OutputControlLevel.INCLUDE_PRIVATE)),
                claims)), 400, "invalid_dpop_proof", "shows a private key");
        assertError(start(other.sign(Map.of("typ", "dpop+jwt", "jwk", jwk), claims)), 400, "invalid_dpop_proof",
                "wrong signature");
        PublicJsonWebKey rsa = Jwts.rsa();
        assertError(start(Jwts.sign("RS256", rsa.getPrivateKey(), Map.of("typ", "dpop+jwt", "jwk",
                rsa.toParams(OutputControlLevel.PUBLIC_ONLY)), claims)), 400, "invalid_dpop_proof", "another alg");
        assertError(start("abc"), 400, "invalid_dpop_proof", "malformed");
        assertError(http.send(http.request("/oauth/device/code").header("DPoP", "abc").header("DPoP", "def")
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString("client_id=cli"))),
                400, "invalid_dpop_proof", "was sent twice");
    }

    @Test
    void demandsAProofWhereAsked() {
        restart(builder -> builder.requireDpop(true));
        assertError(http.post("/oauth/device/code", "client_id", "cli"), 400, "invalid_request", "DPoP proof is missing");
        assertError(http.post("/oauth/token", "client_id", "cli", "grant_type", "refresh_token", "refresh_token", "x"), 400,
                "invalid_request", "DPoP proof is missing");
        assertThat(http.post("/oauth/revoke", "client_id", "cli", "token", "x").statusCode()).isEqualTo(200);
        assertThat(use(Endpoint.HELLO, signIn()).statusCode()).isEqualTo(200);
    }

    @Test
    void demandsItsNonceWhereAsked() {
        restart(builder -> builder.dpopNonces(true));
        HttpResponse<String> challenged = start(proof(key, Endpoint.DEVICE_AUTHORIZATION));
        assertError(challenged, 400, "use_dpop_nonce", "must have the nonce of this server");
        String nonce = nonce(challenged);
        JsonNode flow = Http.json(start(proof(key, Endpoint.DEVICE_AUTHORIZATION,
                claims -> claims.setStringClaim("nonce", nonce))));

        server.rotateDpopNonce();
        clock.advanceSeconds(5);
        HttpResponse<String> rotated = poll(flow, proof(key, Endpoint.TOKEN,
                claims -> claims.setStringClaim("nonce", nonce)));
        assertError(rotated, 400, "use_dpop_nonce", "must have the nonce of this server");
        assertThat(nonce(rotated)).isNotEqualTo(nonce);

        Consumer<JwtClaims> next = claims -> claims.setStringClaim("nonce", nonce(rotated));
        assertError(poll(flow, proof(key, Endpoint.TOKEN, next)), 400, "authorization_pending", "");
        assertThat(server.counters().earlyPolls()).as("a challenge is no poll").isZero();
        server.script().approve("alice");
        clock.advanceSeconds(5);
        JsonNode tokens = Http.json(poll(flow, proof(key, Endpoint.TOKEN, next)));

        server.rotateDpopNonce();
        assertError(refresh(tokens, proof(key, Endpoint.TOKEN, next)), 400, "use_dpop_nonce", "");
        HttpResponse<String> resource = use(Endpoint.HELLO, tokens, key, next);
        assertChallenge(resource, "use_dpop_nonce", "must have the nonce of this server");
        HttpResponse<String> answered = use(Endpoint.HELLO, tokens, key,
                claims -> claims.setStringClaim("nonce", nonce(resource)));
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(nonce(answered)).isEqualTo(nonce(resource));
        assertThat(refresh(tokens, proof(key, Endpoint.TOKEN, claims -> claims.setStringClaim("nonce", nonce(resource))))
                .statusCode()).isEqualTo(200);
    }

    @Test
    void theScriptRotatesTheNonceOverHttp() {
        restart(builder -> builder.dpopNonces(true));
        String nonce = nonce(start(proof(key, Endpoint.DEVICE_AUTHORIZATION)));
        assertThat(http.post("/dev/script", "action", "rotate_dpop_nonce").statusCode()).isEqualTo(200);
        assertError(start(proof(key, Endpoint.DEVICE_AUTHORIZATION, claims -> claims.setStringClaim("nonce", nonce))), 400,
                "use_dpop_nonce", "");
    }

    @Test
    void offersNoNonceUnlessItDemandsOne() {
        assertThat(start(proof(key, Endpoint.DEVICE_AUTHORIZATION)).headers().firstValue("DPoP-Nonce")).isEmpty();
    }

    @Test
    void advertisesTheAlgorithm() {
        assertThat(Http.json(http.get("/.well-known/openid-configuration")).get("dpop_signing_alg_values_supported").toString())
                .isEqualTo("[\"ES256\"]");
    }
}
