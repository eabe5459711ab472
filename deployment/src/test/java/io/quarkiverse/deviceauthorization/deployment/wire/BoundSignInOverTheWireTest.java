package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.InvalidRequestException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.wire.Wire.Received;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Over the wire, a sign-in is bound")
class BoundSignInOverTheWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    @DeviceAuthorizationName("pkce")
    DeviceAuthorization pkce;

    @Inject
    @DeviceAuthorizationName("no-pkce")
    DeviceAuthorization noPkce;

    @Inject
    @DeviceAuthorizationName("dpop")
    DeviceAuthorization dpop;

    @Inject
    @DeviceAuthorizationName("no-dpop")
    DeviceAuthorization noDpop;

    @Inject
    WireApplication.Observer observer;

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = WireApplication.of(BoundSignInOverTheWireTest::servers);
        WireApplication.client(application, "pkce", "auth-server-url", "${wire.pkce}", "pkce", "true",
                "polling.default-interval", "50MS", "polling.min-interval", "50MS", "authorization-details",
                "[{\"type\":\"account_information\"}]");
        WireApplication.client(application, "no-pkce", "auth-server-url", "${wire.pkce}");
        WireApplication.client(application, "dpop", "auth-server-url", "${wire.dpop}", "dpop", "true", "scopes",
                "openid,offline_access");
        WireApplication.client(application, "no-dpop", "auth-server-url", "${wire.dpop}");
        return application;
    }

    private static void servers() {
        DevelopmentServers.start("pkce", DeviceAuthorizationServer.builder().interval(Duration.ZERO).requirePkce(true));
        DevelopmentServers.start("dpop", DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(2))
                .requireDpop(true).dpopNonces(true));
    }

    @Test
    @DisplayName("by PKCE (RFC 7636) where the server demands it: each poll has the verifier, and each flow another one")
    void pkce() {
        assertThat(challengeAndVerifier()).doesNotContainAnyElementsOf(challengeAndVerifier());
        InvalidRequestException problem = catchThrowableOfType(InvalidRequestException.class, noPkce::start);
        observer.log(problem);
        assertThat(problem).hasMessage("The authorization server refused to start a device authorization for client 'no-pkce':"
                + " invalid_request (The parameter code_challenge is missing), HTTP status 400. The server demands PKCE: set quarkus.device-authorization.\"no-pkce\".pkce=true");
    }

    private List<String> challengeAndVerifier() {
        int seen = Wire.requests("pkce").size();
        PendingAuthorization pending = pkce.start();
        Wire.script("pkce", "pending", "times", "2");
        Wire.script("pkce", "approve");
        observer.log(pkce.await(pending));
        Received start = Wire.requests("pkce", seen, "/oauth/device/code").get(0);
        assertThat(start.parameter("code_challenge_method")).hasValue("S256");
        List<String> verifiers = Wire.requests("pkce", seen, "/oauth/token").stream()
                .map(poll -> poll.parameter("code_verifier").orElseThrow()).toList();
        assertThat(verifiers).hasSize(3).containsOnly(verifiers.get(0));
        return List.of(start.parameter("code_challenge").orElseThrow(), verifiers.get(0));
    }

    @Test
    @DisplayName("to authorization details (RFC 9396): those of the request in place of the configured ones, and granted ones are told")
    void authorizationDetails() {
        assertThat(granted(AuthorizationRequest.defaults()))
                .isEqualTo(List.of(Map.of("type", "account_information")));
        assertThat(granted(AuthorizationRequest.builder()
                .authorizationDetails("[{\"type\":\"payment\",\"amount\":\"10 €\",\"creditor\":{\"name\":\"A&B=C+D\"}}]")
                .build()))
                .isEqualTo(List.of(Map.of("type", "payment", "amount", "10 €", "creditor", Map.of("name", "A&B=C+D"))));
    }

    private Object granted(AuthorizationRequest request) {
        PendingAuthorization pending = pkce.start(request);
        Wire.script("pkce", "approve");
        return pkce.await(pending).parameters().get("authorization_details");
    }

    @Test
    @DisplayName("by DPoP (RFC 9449) where the server demands it, with nonces that change: nothing is counted as early or as failed")
    void dpop() throws Exception {
        dpop.start();
        DeviceAuthorization carol = dpop.forOwner("carol");
        Wire.script("dpop", "rotate_dpop_nonce");
        int seen = Wire.requests("dpop").size();
        PendingAuthorization pending = carol.start();
        Wire.script("dpop", "rotate_dpop_nonce");
        Wire.script("dpop", "pending", "times", "1");
        Wire.script("dpop", "approve");
        CompletableFuture<Tokens> awaited = CompletableFuture.supplyAsync(() -> carol.await(pending));
        Awaitility.await().atMost(PATIENCE).until(() -> observer.events("dpop", "carol").contains("Pending"));
        Wire.script("dpop", "rotate_dpop_nonce");
        Tokens first = awaited.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        keep(first);
        assertThat(first.isDpop()).isTrue();
        assertThat(Wire.requests("dpop", seen, "/oauth/device/code")).as("the one with the old nonce is challenged").hasSize(2);
        assertThat(Wire.requests("dpop", seen, "/oauth/token")).as("each of two is challenged").hasSize(4);

        Wire.script("dpop", "rotate_dpop_nonce");
        Tokens second = carol.refresh(first);
        assertThat(second.dpopKey()).isEqualTo(first.dpopKey());
        Wire.script("dpop", "rotate_dpop_nonce");
        assertThat(carol.userInfo().subject()).isEqualTo(second.identity().orElseThrow().getSubject());
        carol.logout();

        List<Received> proved = Wire.requests("dpop").stream().skip(seen)
                .filter(request -> request.headers().containsKey("dpop")).toList();
        assertThat(proved).extracting(Received::path).containsExactly("/oauth/device/code", "/oauth/device/code",
                "/oauth/token", "/oauth/token", "/oauth/token", "/oauth/token", "/oauth/token", "/oauth/token",
                "/userinfo", "/userinfo");
        List<JwtClaims> proofs = proved.stream().map(request -> claims(request.header("dpop").orElseThrow())).toList();
        assertThat(proofs).extracting(proof -> proof.getClaimValue("jti")).doesNotHaveDuplicates();
        assertThat(proofs).extracting(proof -> proof.hasClaim("ath"))
                .containsExactly(false, false, false, false, false, false, false, false, true, true);
        assertThat(proved).extracting(request -> thumbprint(request.header("dpop").orElseThrow()))
                .containsOnly(thumbprintOf(first.dpopKey().orElseThrow().value()));
        assertThat(Wire.counter("dpop", "early_polls")).isZero();
        assertThat(Wire.counter("dpop", "refresh_token_reuses")).isZero();
        assertThat(observer.events("dpop", "carol")).containsExactly("Started", "Pending", "Approved", "Refreshed",
                "SignedOut");
    }

    @Test
    @DisplayName("by a key of its own, also at other resources; who has only the token gets nothing there")
    void resource() {
        Tokens alice = signIn(dpop.forOwner("alice"));
        Tokens bob = signIn(dpop.forOwner("bob"));
        assertThat(alice.dpopKey()).isNotEqualTo(bob.dpopKey());
        URI hello = URI.create(Wire.url("dpop") + "/api/hello");
        Optional<String> nonce = Wire.get(hello, "").headers().firstValue("DPoP-Nonce");
        assertThat(Wire.get(hello, alice.authorizationHeader(), "DPoP", alice.dpopProof("GET", hello, nonce).orElseThrow())
                .statusCode()).isEqualTo(200);
        assertThat(Wire.get(hello, alice.authorizationHeader()).statusCode()).isEqualTo(401);
        assertThat(Wire.get(hello, "Bearer " + alice.accessToken().value()).statusCode()).isEqualTo(401);
    }

    private Tokens signIn(DeviceAuthorization client) {
        PendingAuthorization pending = client.start();
        Wire.script("dpop", "approve", "user_code", pending.userCode());
        Tokens tokens = client.await(pending);
        keep(tokens);
        return tokens;
    }

    @Test
    @DisplayName("by DPoP, and a client that doesn't do it is told so")
    void dpopMissing() {
        InvalidRequestException problem = catchThrowableOfType(InvalidRequestException.class, noDpop::start);
        observer.log(problem);
        assertThat(problem).hasMessage("The authorization server refused to start a device authorization for client 'no-dpop':"
                + " invalid_request (DPoP proof is missing), HTTP status 400. The server demands proofs: set quarkus.device-authorization.\"no-dpop\".dpop=true");
    }

    private void keep(Tokens tokens) {
        observer.log(tokens);
        Wire.secret(jwk(tokens.dpopKey().orElseThrow().value()).toParams(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE).get("d")
                .toString());
    }

    private static JwtClaims claims(String proof) {
        try {
            return JwtClaims.parse(signature(proof).getUnverifiedPayload());
        } catch (Exception e) {
            throw new AssertionError("no proof");
        }
    }

    private static JsonWebSignature signature(String proof) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(proof);
        return signature;
    }

    private static String thumbprint(String proof) {
        try {
            return signature(proof).getJwkHeader().calculateBase64urlEncodedThumbprint("SHA-256");
        } catch (JoseException e) {
            throw new AssertionError("no proof");
        }
    }

    private static String thumbprintOf(String key) {
        return jwk(key).calculateBase64urlEncodedThumbprint("SHA-256");
    }

    private static PublicJsonWebKey jwk(String key) {
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(key);
        } catch (JoseException e) {
            throw new AssertionError("no key");
        }
    }
}
