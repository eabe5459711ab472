package io.quarkiverse.deviceauthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;

@DisplayName("Tokens")
class TokensTest {

    private static final URI RESOURCE = URI.create("https://api.example.com/things?id=1#part");

    private static Tokens tokens(String type, Optional<Secret> key) {
        return new Tokens(Secret.of("access"), type, Optional.of(Secret.of("refresh")), Optional.empty(),
                Optional.of(Instant.EPOCH), Set.of("openid"), Map.of("device_secret", "s3cret"), key);
    }

    @ParameterizedTest
    @DisplayName("are sent with their type as the standards spell it, however the server does (RFC 6750 §2.1, RFC 9449 §7.1)")
    @CsvSource({ "bearer, Bearer", "BEARER, Bearer", "dpop, DPoP", "MAC, MAC" })
    void authorizationHeader(String type, String sent) {
        assertThat(tokens(type, Optional.empty()).authorizationHeader()).isEqualTo(sent + " access");
    }

    @Test
    @DisplayName("RFC 9449: that are bound to a key prove it for the method, the place without its query, the token and the nonce")
    void proof() throws Exception {
        DpopKey key = DpopKey.generate();
        Tokens bound = tokens("dpop", Optional.of(key.secret()));
        JsonWebSignature proof = new JsonWebSignature();
        proof.setCompactSerialization(bound.dpopProof("DELETE", RESOURCE, Optional.of("n0nce")).orElseThrow());
        proof.setKey(((PublicJsonWebKey) JsonWebKey.Factory.newJwk(key.secret().value())).getPublicKey());

        assertThat(bound.isDpop()).isTrue();
        assertThat(proof.verifySignature()).isTrue();
        assertThat(proof.getHeader("typ")).isEqualTo("dpop+jwt");
        assertThat(proof.getJwkHeader().getPublicKey()).isEqualTo(proof.getKey());
        assertThat(proof.getHeaders().getFullHeaderAsJsonString()).as("the private part").doesNotContain("\"d\"");
        JwtClaims claims = JwtClaims.parse(proof.getPayload());
        assertThat(claims.getStringClaimValue("htm")).isEqualTo("DELETE");
        assertThat(claims.getStringClaimValue("htu")).isEqualTo("https://api.example.com/things");
        assertThat(claims.getStringClaimValue("ath")).isEqualTo(hash("access"));
        assertThat(claims.getStringClaimValue("nonce")).isEqualTo("n0nce");
        assertThat(bound.dpopProof("DELETE", RESOURCE, Optional.empty())).as("each is used once")
                .isNotEqualTo(bound.dpopProof("DELETE", RESOURCE, Optional.empty()));
    }

    private static String hash(String token) throws Exception {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256")
                .digest(token.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    @DisplayName("of another type than DPoP are not bound, though the refresh token beside them may be")
    void notBound() {
        Tokens tokens = tokens("Bearer", Optional.of(DpopKey.generate().secret()));

        assertThat(tokens.isDpop()).isFalse();
        assertThat(tokens.dpopProof("GET", RESOURCE, Optional.empty())).isEmpty();
        assertThat(tokens("DPoP", Optional.empty()).isDpop()).as("without a key").isFalse();
    }

    @ParameterizedTest
    @DisplayName("whose key is none, as one that a store has damaged, say so without it")
    @ValueSource(strings = { "s3cret", "{\"kty\":\"oct\",\"k\":\"czNjcmV0\"}", "{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"WKn-ZIGevcwGIyyrzFoZNBdaq9_TsqzGl96oc0CWuis\","
            + "\"y\":\"y77t-RvAHRKTsSGdIYUfweuOvwrvDD-Q3Hv5J0fSKbE\"}" })
    void brokenKey(String key) {
        Tokens tokens = tokens("DPoP", Optional.of(Secret.of(key)));

        assertThatIllegalArgumentException().isThrownBy(() -> tokens.dpopProof("GET", RESOURCE, Optional.empty()))
                .withMessage("The DPoP key is no private elliptic curve key in the format of RFC 7517").withNoCause();
    }

    @ParameterizedTest
    @DisplayName("show what they are, and none of their values")
    @ValueSource(booleans = { true, false })
    void shown(boolean all) {
        Optional<Secret> more = all ? Optional.of(Secret.of("more")) : Optional.empty();
        Tokens tokens = new Tokens(Secret.of("access"), "Bearer", more, more, all ? Optional.of(Instant.EPOCH)
                : Optional.empty(), Set.of("openid"), Map.of("device_secret", "s3cret"), more);

        assertThat(tokens).hasToString(all
                ? "Tokens[tokenType=Bearer, expiresAt=1970-01-01T00:00:00Z, scopes=[openid], refreshToken=present,"
                        + " idToken=present, dpopKey=present]"
                : "Tokens[tokenType=Bearer, expiresAt=unknown, scopes=[openid], refreshToken=none, idToken=none,"
                        + " dpopKey=none]");
    }
}
