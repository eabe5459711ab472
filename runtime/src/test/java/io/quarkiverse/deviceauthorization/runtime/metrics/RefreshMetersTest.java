package io.quarkiverse.deviceauthorization.runtime.metrics;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.smallrye.mutiny.Uni;

@DisplayName("The meters of a client's refreshes")
class RefreshMetersTest {

    private final MeteredClient client = new MeteredClient();

    @BeforeEach
    void expiredTokens() {
        client.tokens.of("alice").granted(client.server.tokens("old", Duration.ofMinutes(1)), "flow").await().indefinitely();
        client.time.advance(120);
    }

    private Tokens get() {
        return client.tokens.of("alice").get().await().indefinitely();
    }

    @Test
    @DisplayName("count a refresh once, however many want its tokens")
    void refreshed() {
        client.server.answer(client.server.granted("new"));
        get();
        get();
        assertThat(client.counted("refreshes")).isEqualTo(Map.of("refreshed", 1));
    }

    @ParameterizedTest
    @DisplayName("tell a refresh token that is not accepted any more from what can be mended")
    @CsvSource({ "invalid_grant, rejected", "invalid_client, refused" })
    void refused(String code, String outcome) {
        client.server.answer(error(Meaning.REFUSED, code));
        assertThatThrownBy(this::get).hasMessageContaining(code);
        assertThat(client.counted("refreshes")).isEqualTo(Map.of(outcome, 1));
    }

    @Test
    @DisplayName("count a server that can't be asked, and no refresh while it is left alone")
    void unavailable() {
        client.server.answer(unreachable());
        client.server.answer(Uni.createFrom().failure(new IllegalStateException("?")));
        assertThatThrownBy(this::get).isNotNull();
        assertThatThrownBy(this::get).as("within the pause").isNotNull();
        assertThat(client.counted("refreshes")).isEqualTo(Map.of("unavailable", 1));

        client.time.advance(6);
        assertThatThrownBy(this::get).isNotNull();
        assertThat(client.counted("refreshes")).isEqualTo(Map.of("unavailable", 2));
    }
}
