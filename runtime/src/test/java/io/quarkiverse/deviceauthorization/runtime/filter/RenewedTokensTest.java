package io.quarkiverse.deviceauthorization.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;

@DisplayName("Tokens that were refreshed because of a refusal")
class RenewedTokensTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final RenewedTokens renewed = new RenewedTokens(() -> now);

    @Test
    @DisplayName("are remembered for ten seconds, however often they are refused meanwhile")
    void remembered() {
        Tokens tokens = tokens("one");
        assertThat(renewed.contains(tokens)).isFalse();
        renewed.add(tokens);
        now = START.plusSeconds(9);
        renewed.add(tokens);
        assertThat(renewed.contains(tokens("one"))).as("by the token, not by the object").isTrue();
        assertThat(renewed.contains(tokens("other"))).isFalse();
        now = START.plusSeconds(10);
        assertThat(renewed.contains(tokens)).isFalse();
        renewed.add(tokens);
        assertThat(renewed.contains(tokens)).isTrue();
    }

    @Test
    @DisplayName("take up no more room than the latest thousand do")
    void bounded() {
        for (int i = 0; i <= RenewedTokens.MOST; i++) {
            renewed.add(tokens("token-" + i));
        }
        assertThat(renewed.contains(tokens("token-0"))).isFalse();
        assertThat(renewed.contains(tokens("token-1"))).isTrue();
        assertThat(renewed.contains(tokens("token-" + RenewedTokens.MOST))).isTrue();
    }

    private static Tokens tokens(String accessToken) {
        return new Tokens(Secret.of(accessToken), "Bearer", Optional.empty(), Optional.empty(), Optional.empty(), Set.of(),
                Map.of());
    }
}
