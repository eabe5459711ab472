package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.NeighboursTest.signedIn;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.client;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.done;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.answer;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.json;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.pending;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.event.TransientFailure;

@DisplayName("The standards that tie a flow to its client")
class BindingStandardsTest {

    private static final String SECRET = "a secret of at least 32 characters";

    @Test
    @DisplayName("RFC 7523: an assertion is signed for each request, for the token endpoint, and outlives none")
    void assertions() throws Exception {
        Scenario scenario = client("credentials.secret", SECRET, "credentials.method", "post-jwt").answering(codes());

        scenario.signIn().advance(15);

        List<JwtClaims> assertions = scenario.sent().stream().map(request -> request.value("client_assertion"))
                .map(BindingStandardsTest::checkedBySecret).toList();
        assertThat(assertions).hasSize(4);
        for (int i = 0; i < 4; i++) {
            JwtClaims claims = assertions.get(i);
            assertThat(claims.getIssuer()).isEqualTo("tv");
            assertThat(claims.getSubject()).isEqualTo("tv");
            assertThat(claims.getAudience()).containsExactly("https://login.example.com/token");
            long sent = Scenario.BEGINNING.getEpochSecond() + 5L * i;
            assertThat(claims.getIssuedAt().getValue()).as("signed when it is sent").isEqualTo(sent);
            assertThat(claims.getExpirationTime().getValue()).isEqualTo(sent + 10);
        }
        assertThat(assertions).extracting(claims -> claims.getClaimValueAsString("jti")).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("RFC 7523: the audience of assertions is configurable, since servers differ")
    void audienceOfAssertions() throws Exception {
        Scenario scenario = client("credentials.secret", SECRET, "credentials.method", "post-jwt",
                "credentials.jwt.audience", "https://login.example.com").answering(codes());

        scenario.start();

        assertThat(checkedBySecret(scenario.sent(0).value("client_assertion")).getAudience())
                .containsExactly("https://login.example.com");
    }

    private static JwtClaims checkedBySecret(String assertion) {
        return checked(assertion, new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    private static JwtClaims checked(String jwt, Key key) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(jwt);
            signature.setKey(key);
            assertThat(signature.verifySignature()).as("signature").isTrue();
            return JwtClaims.parse(signature.getPayload());
        } catch (Exception e) {
            throw new AssertionError("No signed JWT: " + jwt, e);
        }
    }

    @Test
    @DisplayName("RFC 9449: a new proof of one key goes with the device authorization request, each poll, each refresh and to resources")
    void proofs() throws Exception {
        Scenario scenario = client("dpop", "true", "user-info-path", "/userinfo").answering(codes(), pending(),
                dpopTokens("1"));

        scenario.signIn().advance(10).granted();
        scenario.advance(3600).answering(dpopTokens("2"), json(200, "{\"sub\":\"alice\"}"));
        done(scenario.server.userInfo(done(scenario.tokens())));

        List<Proof> proofs = scenario.sent().stream().map(request -> Proof.of(request.header("DPoP"))).toList();
        assertThat(proofs).extracting(Proof::method).containsExactly("POST", "POST", "POST", "POST", "GET");
        assertThat(proofs).extracting(Proof::uri).containsExactly("https://login.example.com/device",
                "https://login.example.com/token", "https://login.example.com/token", "https://login.example.com/token",
                "https://login.example.com/userinfo");
        assertThat(proofs).extracting(Proof::seconds).startsWith(0L, 5L, 10L, 3610L);
        assertThat(proofs).extracting(Proof::id).doesNotHaveDuplicates();
        assertThat(proofs).extracting(Proof::thumbprint).as("one key").containsOnly(proofs.get(0).thumbprint());
        assertThat(scenario.last().header("Authorization")).isEqualTo("DPoP access-2");
        assertThat(proofs.get(4).accessTokenHash()).isEqualTo(hash("access-2"));
    }

    @Test
    @DisplayName("RFC 9449: a challenge for a nonce is answered at once, and is no failed poll")
    void nonceChallenge() throws Exception {
        Scenario scenario = client("dpop", "true").answering(codes(),
                answer(400, "{\"error\":\"use_dpop_nonce\"}", Map.of("Content-Type", "application/json", "DPoP-Nonce", "n-1")),
                pending(), dpopTokens("1"));

        scenario.signIn().advance(10).granted();

        assertThat(scenario.polls()).containsExactly(5.0, 5.0, 10.0);
        assertThat(scenario.sent()).extracting(request -> Proof.of(request.header("DPoP")).nonce())
                .containsExactly(null, null, "n-1", "n-1");
        assertThat(scenario.events(TransientFailure.class)).isEmpty();
    }

    private static ServerAnswer dpopTokens(String name) {
        return json(200, "{\"access_token\":\"access-" + name + "\",\"token_type\":\"DPoP\",\"expires_in\":3600,"
                + "\"refresh_token\":\"refresh-" + name + "\"}");
    }

    /** A DPoP proof, whose signature by the key that it names is checked. */
    private record Proof(String method, String uri, long seconds, String id, String nonce, String accessTokenHash,
            String thumbprint) {

        private static Proof of(String jwt) {
            try {
                JsonWebSignature header = new JsonWebSignature();
                header.setCompactSerialization(jwt);
                assertThat(header.getHeader("typ")).isEqualTo("dpop+jwt");
                PublicJsonWebKey key = (PublicJsonWebKey) header.getJwkHeader();
                assertThat(key.getPrivateKey()).as("only the public key").isNull();
                JwtClaims claims = checked(jwt, key.getPublicKey());
                return new Proof(claims.getClaimValueAsString("htm"), claims.getClaimValueAsString("htu"),
                        claims.getIssuedAt().getValue() - Scenario.BEGINNING.getEpochSecond(), claims.getJwtId(),
                        claims.getClaimValueAsString("nonce"), claims.getClaimValueAsString("ath"),
                        key.calculateBase64urlEncodedThumbprint("SHA-256"));
            } catch (Exception e) {
                throw new AssertionError("No proof: " + jwt, e);
            }
        }
    }

    @Test
    @DisplayName("RFC 7636: a challenge by S256 goes with the device authorization request, its verifier with each poll")
    void pkce() throws Exception {
        Scenario scenario = client("pkce", "true").answering(codes(), pending(), tokens("1"));

        scenario.signIn().advance(10).granted();

        assertThat(scenario.sent(0).value("code_challenge_method")).isEqualTo("S256");
        assertThat(scenario.sent(1).value("code_verifier")).matches("[A-Za-z0-9._~-]{43,128}")
                .isEqualTo(scenario.sent(2).value("code_verifier"));
        assertThat(scenario.sent(0).value("code_challenge")).isEqualTo(hash(scenario.sent(1).value("code_verifier")));
        assertThat(scenario.sent(0).body()).doesNotContain(scenario.sent(1).value("code_verifier"));

        scenario.answering(codes());
        scenario.signIn().advance(5);
        assertThat(scenario.last().value("code_verifier")).as("another one for another flow")
                .isNotEqualTo(scenario.sent(1).value("code_verifier"));
    }

    @Test
    @DisplayName("RFC 7636: nothing of it is sent where it is off")
    void withoutPkce() {
        assertThat(signedIn(client()).sent()).allSatisfy(
                request -> assertThat(request.form()).doesNotContainKeys("code_challenge", "code_challenge_method",
                        "code_verifier"));
    }

    private static String hash(String text) throws Exception {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
