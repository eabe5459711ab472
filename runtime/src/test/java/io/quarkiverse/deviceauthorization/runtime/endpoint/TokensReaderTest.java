package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;

@DisplayName("The answer to a token request that brings tokens")
class TokensReaderTest {

    @Test
    @DisplayName("is read member by member, and what has no component of its own stays reachable (Keycloak)")
    void keycloak() {
        Tokens tokens = read("{\"access_token\":\"a\",\"expires_in\":300,\"refresh_expires_in\":1800,\"refresh_token\":\"r\","
                + "\"token_type\":\"Bearer\",\"id_token\":\"i\",\"not-before-policy\":0,\"session_state\":\"s\","
                + "\"scope\":\"openid email\"}");
        assertThat(tokens.accessToken()).isEqualTo(Secret.of("a"));
        assertThat(tokens.refreshToken()).contains(Secret.of("r"));
        assertThat(tokens.idToken()).contains(Secret.of("i"));
        assertThat(tokens.expiresAt()).contains(Answers.NOW.plusSeconds(300));
        assertThat(tokens.scopes()).containsExactly("openid", "email");
        assertThat(tokens.parameters()).containsOnlyKeys("refresh_expires_in", "not-before-policy", "session_state");
    }

    @Test
    @DisplayName("has commas between scopes, no end and no refresh token (GitHub)")
    void github() {
        Tokens tokens = read("{\"access_token\":\"gho_x\",\"token_type\":\"bearer\",\"scope\":\"repo,gist\"}");
        assertThat(tokens.scopes()).containsExactly("repo", "gist");
        assertThat(tokens.expiresAt()).isEmpty();
        assertThat(tokens.refreshToken()).isEmpty();
        assertThat(tokens.authorizationHeader()).isEqualTo("Bearer gho_x");
    }

    @Test
    @DisplayName("is a form (GitHub without Accept)")
    void form() {
        Tokens tokens = read(Answers.answer(200, "application/x-www-form-urlencoded; charset=utf-8",
                "access_token=gho%5Fx&scope=repo%2Cgist&token_type=bearer&expires_in=60"));
        assertThat(tokens.accessToken()).isEqualTo(Secret.of("gho_x"));
        assertThat(tokens.scopes()).containsExactly("repo", "gist");
        assertThat(tokens.expiresAt()).contains(Answers.NOW.plusSeconds(60));
    }

    @Test
    @DisplayName("has scopes as an array (Twitch)")
    void twitch() {
        assertThat(read("{\"access_token\":\"a\",\"scope\":[\"channel:read:stream_key\",\"x\"]}").scopes())
                .containsExactly("channel:read:stream_key", "x");
    }

    @Test
    @DisplayName("repeats no scope: then it is what was asked for (RFC 6749 §5.1)")
    void requestedScopes() {
        assertThat(read("{\"access_token\":\"a\"}").scopes()).containsExactly("openid", "offline_access");
        assertThat(read("{\"access_token\":\"a\",\"scope\":null}").scopes()).containsExactly("openid", "offline_access");
    }

    @Test
    @DisplayName("has neither expires_in nor token_type: the JWT says when it ends (Yoto)")
    void yoto() {
        Tokens tokens = read("{\"access_token\":\"" + jwt("{\"exp\":1772370000}") + "\",\"refresh_token\":\"r\"}");
        assertThat(tokens.expiresAt()).contains(Instant.ofEpochSecond(1772370000));
        assertThat(tokens.tokenType()).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"exp\":\"soon\"}", "{\"exp\":-1}", "{\"exp\":1e400}", "null", "[]", "not json", "" })
    @DisplayName("has a token that looks like a JWT and doesn't say when it ends: nobody knows")
    void uselessJwt(String payload) {
        assertThat(read("{\"access_token\":\"" + jwt(payload) + "\"}").expiresAt()).isEmpty();
        assertThat(read("{\"access_token\":\"a.~.c\"}").expiresAt()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(nullValues = "unknown", value = { "3600, PT1H", "\"3600\", PT1H", "3600.5, PT1H0.5S", "1e30, PT87600H",
            "0, unknown", "-1, unknown", "null, unknown", "\"never\", unknown", "{}, unknown" })
    @DisplayName("ends when expires_in says so, as a number or a text, and not in a million years")
    void life(String expiresIn, Duration life) {
        assertThat(read("{\"access_token\":\"a\",\"expires_in\":" + expiresIn + "}").expiresAt())
                .isEqualTo(Optional.ofNullable(life).map(Answers.NOW::plus));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "\"\"" })
    @DisplayName("has no refresh token when it is missing, null or empty")
    void noRefreshToken(String value) {
        assertThat(read("{\"access_token\":\"a\"" + (value.isEmpty() ? "" : ",\"refresh_token\":" + value) + "}")
                .refreshToken()).isEmpty();
    }

    @Test
    @DisplayName("may begin with a byte order mark and white space, and be labelled anything")
    void byteOrderMark() {
        assertThat(read(Answers.answer(201, "text/plain", "\ufeff \r\n\t{\"access_token\":\"a\"}\n")).accessToken())
                .isEqualTo(Secret.of("a"));
    }

    @Test
    @DisplayName("is worth more than an error beside it, and the last of two members of one name counts")
    void tokenBesideError() {
        assertThat(read("{\"error\":\"access_denied\",\"access_token\":\"a\",\"access_token\":\"b\"}").accessToken())
                .isEqualTo(Secret.of("b"));
    }

    @Test
    @DisplayName("can't smuggle a line break into a header through its type")
    void tokenTypeIsClean() {
        assertThat(read("{\"access_token\":\"a\",\"token_type\":\"Bearer\\r\\nX: y\"}").tokenType())
                .isEqualTo("Bearer X: y");
    }

    private static String jwt(String payload) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    private static Tokens read(String body) {
        return read(Answers.json(200, body));
    }

    private static Tokens read(Answer answer) {
        TokenAnswer read = new TokenAnswerReader(new Unusable(Settings.of()), Answers.CLOCK).read(answer,
                List.of("openid", "offline_access"));
        assertThat(read).isInstanceOf(TokenAnswer.Granted.class);
        return ((TokenAnswer.Granted) read).tokens();
    }
}
