package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Text of a server")
class CleanTextTest {

    @Test
    @DisplayName("becomes one line")
    void oneLine() {
        assertThat(CleanText.of("  a\r\n\tb\u2028c\u00a0d  e ")).isEqualTo("a b c\u00a0d e");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\u001b[31mb", "a\u009b31mb", "a\u0007b", "a\u202eb", "a\u2066b", "a\u200bb", "a\ufeffb", "a\u0000b",
            "a\u007fb", "a\ud800b", "a\ue000b", "a\udb40\udc41b" })
    @DisplayName("loses control, escape, direction and invisible characters")
    void harmless(String text) {
        assertThat(CleanText.of(text)).matches("a(\\[?31m)?b");
        assertThat(CleanText.code(text)).matches("a(\\[?31m)?b");
        assertThat(CleanText.isPlain(text)).isFalse();
    }

    @Test
    @DisplayName("keeps letters of all scripts, and symbols")
    void plain() {
        String text = "Größe 日本 é\u0301 😀 — \"x\" <b>";
        assertThat(CleanText.of(text)).isEqualTo(text);
        assertThat(CleanText.code(text)).isEqualTo(text);
        assertThat(CleanText.isPlain(text)).isTrue();
    }

    @Test
    @DisplayName("is cut where it gets too long")
    void cut() {
        assertThat(CleanText.of("x".repeat(100_000))).hasSize(500);
        assertThat(CleanText.of("\u001b".repeat(100_000) + "x")).isEmpty();
    }
}
