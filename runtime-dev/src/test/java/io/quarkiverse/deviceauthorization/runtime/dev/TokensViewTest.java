package io.quarkiverse.deviceauthorization.runtime.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.dev.TokensView.Token;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

@DisplayName("Of stored tokens")
class TokensViewTest {

    private static final String SIGNATURE = "c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";

    private static String jwt(String header, String claims) {
        return base64(header) + "." + base64(claims) + "." + SIGNATURE;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Token token(String value) {
        return Token.of(Secret.of(value));
    }

    @DisplayName("at most the last four characters are shown")
    @Test
    void ends() {
        String opaque = "an-opaque-access-token-1234";
        String jwt = jwt("{\"alg\":\"ES256\"}", "{\"sub\":\"alice\",\"exp\":1900000000}");
        Tokens tokens = new Tokens(Secret.of(opaque), "Bearer", Optional.of(Secret.of("the-refresh-token-5678")),
                Optional.of(Secret.of(jwt)), Optional.of(Instant.ofEpochSecond(1900000000)), Set.of("openid"),
                Map.of("session", "a-member-of-the-answer"));

        TokensView view = TokensView.of("client", "owner", new StoredTokens(tokens, 1));

        assertThat(view.accessToken()).isEqualTo(new Token("1234", null));
        assertThat(view.refreshToken().end()).isEqualTo("5678");
        assertThat(view.idToken().end()).isEqualTo(jwt.substring(jwt.length() - 4));
        assertThat(view.expiresAt()).isEqualTo(1900000000000L);
        assertThat(view.toString()).doesNotContain("oken-1234", "oken-5678", SIGNATURE.substring(0, 10),
                "a-member-of-the-answer", base64("{\"sub\""));
    }

    @DisplayName("a short one shows nothing of itself")
    @Test
    void shortTokens() {
        assertThat(token("123456789012345").end()).isEmpty();
        assertThat(token("1234567890123456").end()).isEqualTo("3456");
    }

    @DisplayName("the claims of a signed JWT are decoded, with numbers as they are and times to read")
    @Test
    void claims() {
        Token token = token(jwt("{\"alg\":\"RS256\",\"kid\":\"1\"}",
                "{\"sub\":12345678901234567890,\"iat\":1800000000,\"exp\":1900000000,\"nbf\":\"soon\",\"auth_time\":-1}"));

        assertThat(token.jwt().claims()).contains("12345678901234567890").contains("\"nbf\" : \"soon\"");
        assertThat(token.jwt().header()).contains("\"kid\" : \"1\"");
        assertThat(token.jwt().times()).containsExactly(Map.entry("iat", 1800000000000L), Map.entry("exp", 1900000000000L));
    }

    @DisplayName("what is no signed JWT has no claims")
    @Test
    void others() {
        assertThat(token("two.dots.only-and-nothing-else").jwt()).isNull();
        assertThat(token(base64("{}") + "." + base64("{}") + "." + SIGNATURE).jwt()).isNull();
        assertThat(token(jwt("{\"alg\":\"RS256\"}", "[1,2]")).jwt()).isNull();
        assertThat(token("a.b.c.d.e-which-is-encrypted").jwt()).isNull();
        assertThat(token(jwt("{\"alg\":\"RS256\"}", "[".repeat(100_000))).jwt()).isNull();
    }
}
