package io.quarkiverse.deviceauthorization.web.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.InvalidGrantException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Secret;

@DisplayName("What a page shows of a sign-in")
class StateTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PendingAuthorization FLOW = new PendingAuthorization("<default>", "default", "id", "WDJB-MJHT",
            URI.create("https://example.com/device"), Optional.empty(), NOW.plusSeconds(300), Duration.ofSeconds(5),
            Secret.of("device-code"), Map.of());

    @Test
    @DisplayName("is that it waits, and that the server asks for patience once it is asked less often than at the beginning")
    void pending() {
        assertThat(pending(5, NOW)).isEqualTo(State.WAITING);
        assertThat(pending(0, NOW)).isEqualTo(State.WAITING);
        assertThat(pending(10, NOW)).isEqualTo(State.SLOWED_DOWN);
    }

    @Test
    @DisplayName("is not that the server asks for patience when only the last request is made as late as it may be")
    void lastCall() {
        assertThat(pending(8, NOW.plusSeconds(291))).isEqualTo(State.WAITING);
    }

    @Test
    @DisplayName("is that the server can't be asked")
    void unreachable() {
        assertThat(State.of(new PollResult.Pending(Duration.ofSeconds(20),
                Optional.of(new AuthorizationServerException("down", 503, null))), FLOW, NOW)).isEqualTo(State.CONNECTION_LOST);
    }

    @Test
    @DisplayName("is how it has ended")
    void ended() {
        OAuthError error = new OAuthError("some", Optional.empty(), Optional.empty(), 400);
        assertThat(refused(new AccessDeniedException("no", error))).isEqualTo(State.DENIED);
        assertThat(refused(new DeviceCodeExpiredException("late", error))).isEqualTo(State.EXPIRED);
        assertThat(refused(new AuthorizationCancelledException("stop", null))).isEqualTo(State.CANCELLED);
        assertThat(refused(new InvalidGrantException("spent", error))).isEqualTo(State.FAILED);
        assertThat(refused(new AuthorizationRequiredException("signed out", null))).isEqualTo(State.NONE);
    }

    @Test
    @DisplayName("has a text in each language that there is")
    void texts() {
        for (String language : new String[] { "en", "de" }) {
            Texts texts = new Texts.Languages(Optional.of(language)).preferred(null);
            Stream.of(State.values()).forEach(state -> assertThat(texts.get(state.text())).isNotBlank());
            Stream.of(State.values()).filter(state -> !state.isPending() && state != State.NONE)
                    .forEach(state -> assertThat(texts.get(state.text() + "-title")).isNotBlank());
            Stream.of(Notice.values()).forEach(notice -> assertThat(texts.get("notice-" + notice.text())).isNotBlank());
            assertThat(texts.language()).isEqualTo(language);
        }
    }

    private static State pending(int seconds, Instant now) {
        return State.of(new PollResult.Pending(Duration.ofSeconds(seconds), Optional.empty()), FLOW, now);
    }

    private static State refused(DeviceAuthorizationException cause) {
        return State.of(new PollResult.Refused(cause), FLOW, NOW);
    }
}
