package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

class IdTokenTest {

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock).start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private String idToken() {
        server.script().approve("alice");
        JsonNode flow = Http.json(http.post("/oauth/device/code", "client_id", "cli", "scope", "openid", "nonce", "n-1"));
        return Http.json(http.poll(flow)).get("id_token").asText();
    }

    private String jwks() {
        return http.get("/.well-known/jwks.json").body();
    }

    /** What a client checks (OpenID Connect Core 1.0 §3.1.3.7). */
    private AbstractThrowableAssert<?, ? extends Throwable> check(String idToken, String jwks) {
        return assertThatCode(() -> {
            JsonWebKeySet keys = new JsonWebKeySet(jwks);
            String nonce = new JwtConsumerBuilder()
                    .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                    .setExpectedIssuer(server.issuer()).setExpectedAudience("cli").setRequireExpirationTime()
                    .setRequireSubject().setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond())).build()
                    .processToClaims(idToken).getStringClaimValue("nonce");
            assertThat(nonce).isEqualTo("n-1");
        });
    }

    private static String keyId(String jwks) {
        try {
            return new JsonWebKeySet(jwks).getJsonWebKeys().get(0).getKeyId();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "WRONG_ISSUER, " + ErrorCodes.ISSUER_INVALID,
            "WRONG_AUDIENCE, " + ErrorCodes.AUDIENCE_INVALID,
            "EXPIRED, " + ErrorCodes.EXPIRED,
            "NO_SUBJECT, " + ErrorCodes.SUBJECT_MISSING,
            "WRONG_SIGNATURE, " + ErrorCodes.SIGNATURE_INVALID,
            "UNKNOWN_KEY, " + ErrorCodes.MISCELLANEOUS,
            "UNSIGNED, " + ErrorCodes.MISCELLANEOUS })
    void aFlawSpoilsTheNextIdTokenOnly(IdTokenFlaw flaw, int error) {
        server.script().flawIdToken(flaw);
        check(idToken(), jwks()).asInstanceOf(InstanceOfAssertFactories.type(InvalidJwtException.class))
                .satisfies(invalid -> assertThat(invalid.hasErrorCode(error)).as(invalid.getMessage()).isTrue());
        check(idToken(), jwks()).doesNotThrowAnyException();
    }

    @Test
    void theNonceCanBeWrong() {
        server.script().flawIdToken(IdTokenFlaw.WRONG_NONCE);
        check(idToken(), jwks()).isInstanceOf(AssertionError.class).hasMessageContaining("other-nonce");
        check(idToken(), jwks()).doesNotThrowAnyException();
    }

    @Test
    void theWrongSignatureNamesThePublishedKeyAndTheUnknownKeyDoesNot() {
        server.script().flawIdToken(IdTokenFlaw.WRONG_SIGNATURE).flawIdToken(IdTokenFlaw.UNKNOWN_KEY);
        assertThat(header(idToken())).contains(keyId(jwks()));
        assertThat(header(idToken())).contains("\"kid\":").doesNotContain(keyId(jwks()));
    }

    private static String header(String jwt) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[0]),
                StandardCharsets.UTF_8);
    }

    @Test
    void rotatesItsKeyAndPublishesTheNewOneOnly() {
        String before = jwks();
        String old = idToken();
        server.rotateSigningKey();
        String after = jwks();

        assertThat(Http.json(http.get("/.well-known/jwks.json")).get("keys")).hasSize(1);
        assertThat(keyId(after)).isNotEqualTo(keyId(before));
        check(old, after).isInstanceOf(InvalidJwtException.class);
        String next = idToken();
        check(next, before).isInstanceOf(InvalidJwtException.class);
        check(next, after).doesNotThrowAnyException();
        assertThat(server.counters().jwksRequests()).isEqualTo(3);
    }

    @Test
    void theScriptDoesItOverHttp() {
        JsonNode state = Http.json(http.post("/dev/script", "action", "flaw_id_token", "flaw", "wrong_issuer"));
        assertThat(state.at("/queue/id_token").toString()).isEqualTo("[\"wrong_issuer\"]");
        check(idToken(), jwks()).isInstanceOf(InvalidJwtException.class);

        String before = jwks();
        assertThat(http.post("/dev/script", "action", "rotate_signing_key").statusCode()).isEqualTo(200);
        assertThat(keyId(jwks())).isNotEqualTo(keyId(before));
        assertError(http.post("/dev/script", "action", "flaw_id_token", "flaw", "ugly"), 400, "invalid_request",
                "There is no flaw ugly");
    }

    @Test
    void resetForgetsFlaws() {
        server.script().flawIdToken(IdTokenFlaw.EXPIRED).reset();
        check(idToken(), jwks()).doesNotThrowAnyException();
    }
}
