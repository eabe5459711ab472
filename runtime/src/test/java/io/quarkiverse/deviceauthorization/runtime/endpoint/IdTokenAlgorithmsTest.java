package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.FlowBinding;

@DisplayName("The signature of an ID token")
class IdTokenAlgorithmsTest {

    private static final String ISSUER = "https://login.example.com";

    private final RecordingApi api = new RecordingApi();

    @ParameterizedTest
    @ValueSource(strings = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA" })
    @DisplayName("is by one of the algorithms that FIPS 186-5 approves")
    void approved(String algorithm) throws Exception {
        PublicJsonWebKey key = switch (algorithm) {
            case "ES256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
            case "ES384" -> EcJwkGenerator.generateJwk(EllipticCurves.P384);
            case "ES512" -> EcJwkGenerator.generateJwk(EllipticCurves.P521);
            case "EdDSA" -> edwardsCurve();
            default -> RsaJwkGenerator.generateJwk(2048);
        };
        String token = signed(key, algorithm);

        assertThatCode(() -> check(key, token)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("is by no curve that FIPS 186-5 doesn't approve")
    void otherCurve() throws Exception {
        PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        String token = signed(key, "ES256");
        String otherwise = encode("{\"alg\":\"ES256K\",\"kid\":\"k\"}") + token.substring(token.indexOf('.'));

        assertThatThrownBy(() -> check(key, otherwise)).isInstanceOf(InvalidIdTokenException.class)
                .hasMessageContaining("is not signed by a key of the server");
    }

    @Test
    @DisplayName("is by no RSA key below 2048 bits")
    void weakKey() throws Exception {
        PublicJsonWebKey key = RsaJwkGenerator.generateJwk(1024);
        String token = signed(key, "RS256");

        assertThatThrownBy(() -> check(key, token)).isInstanceOf(InvalidIdTokenException.class)
                .hasMessageContaining("is not signed by a key of the server");
    }

    private static PublicJsonWebKey edwardsCurve() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
        key.setPrivateKey(pair.getPrivate());
        return key;
    }

    private void check(PublicJsonWebKey key, String token) {
        api.answeringKeys(200, new JsonWebKeySet(key).toJson());
        Tokens tokens = new Tokens(Secret.of("access"), "Bearer", Optional.empty(), Optional.of(Secret.of(token)),
                Optional.empty(), Set.of("openid"), Map.of());
        Servers.of(Settings.of("jwks-path", "/jwks", "id-token.issuer", ISSUER), api, Answers.CLOCK)
                .checkIdToken(tokens, FlowBinding.none()).await().indefinitely();
    }

    private static String signed(PublicJsonWebKey key, String algorithm) throws Exception {
        key.setKeyId("k");
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject("alice");
        claims.setAudience("tv");
        claims.setExpirationTime(
                NumericDate.fromSeconds(Answers.CLOCK.instant().plus(Duration.ofMinutes(5)).getEpochSecond()));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKeyIdHeaderValue("k");
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setDoKeyValidation(false);
        return signature.getCompactSerialization();
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
