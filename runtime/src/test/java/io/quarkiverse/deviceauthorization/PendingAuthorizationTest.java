package io.quarkiverse.deviceauthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A pending authorization")
class PendingAuthorizationTest {

    private static final Instant END = Instant.parse("2026-01-01T00:15:00.123456789Z");

    private static PendingAuthorization pending(String uri, String complete, Instant end, String deviceCode) {
        return new PendingAuthorization("tv", "family", "id", "WDJB-MJHT", URI.create(uri),
                Optional.ofNullable(complete).map(URI::create), end, Duration.ofSeconds(5), Secret.of(deviceCode),
                Map.of("message", "Go there"));
    }

    @ParameterizedTest
    @CsvSource({ "https://example.com/device, https://example.com/device?user_code=WDJB-MJHT",
            "https://example.com/device, https://example.com/device",
            "https://example.com/device, https://example.org/d/WDJB-MJHT",
            "https://example.com/device?a=b%20c, https://example.com/device?a=b%20c&user_code=%C3%84",
            "https://example.com/device, HTTPS://example.com/device/1",
            "https://example.com/device," })
    @DisplayName("has the URIs that the server sent, whether or not one begins with the other")
    void uris(String uri, String complete) {
        PendingAuthorization pending = pending(uri, complete, END, "secret");

        assertThat(pending.verificationUri()).hasToString(uri);
        assertThat(pending.verificationUriComplete().map(URI::toString)).isEqualTo(Optional.ofNullable(complete));
    }

    @Test
    @DisplayName("has everything that it was made of")
    void members() {
        PendingAuthorization pending = pending("https://example.com/device", null, END, "secret");

        assertThat(pending.client()).isEqualTo("tv");
        assertThat(pending.owner()).isEqualTo("family");
        assertThat(pending.id()).isEqualTo("id");
        assertThat(pending.userCode()).isEqualTo("WDJB-MJHT");
        assertThat(pending.expiresAt()).isEqualTo(END);
        assertThat(pending.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(pending.deviceCode().value()).isEqualTo("secret");
        assertThat(pending.parameters()).isEqualTo(Map.of("message", "Go there"));
        assertThat(pending).hasToString("PendingAuthorization[client=tv, owner=family, id=id, userCode=WDJB-MJHT,"
                + " verificationUri=https://example.com/device, expiresAt=2026-01-01T00:15:00.123456789Z, interval=PT5S]");
    }

    @Test
    @DisplayName("equals one that is made of the same, and no other")
    void equality() {
        PendingAuthorization one = pending("https://example.com/device", "https://example.com/device/1", END, "secret");

        assertThat(one).isEqualTo(one)
                .isEqualTo(pending("https://example.com/device", "https://example.com/device/1", END, "secret"))
                .hasSameHashCodeAs(pending("https://example.com/device", "https://example.com/device/1", END, "secret"))
                .isNotEqualTo(pending("https://example.com/device", null, END, "secret"))
                .isNotEqualTo(pending("https://example.com/device", "https://example.com/device/2", END, "secret"))
                .isNotEqualTo(pending("https://example.com/", "https://example.com/device/1", END, "secret"))
                .isNotEqualTo(pending("https://example.com/device", "https://example.com/device/1", END.plusNanos(1), "secret"))
                .isNotEqualTo(pending("https://example.com/device", "https://example.com/device/1", END, "other"))
                .isNotEqualTo("id");
    }

    @Test
    @DisplayName("needs all of it")
    void nothingIsNull() {
        assertThatNullPointerException().isThrownBy(() -> pending("https://example.com/device", null, null, "secret"))
                .withMessage("expiresAt");
        assertThatNullPointerException().isThrownBy(() -> new PendingAuthorization("tv", "family", "id", "CODE",
                URI.create("https://example.com"), null, END, Duration.ofSeconds(5), Secret.of("a"), Map.of()))
                .withMessage("verificationUriComplete");
    }
}
