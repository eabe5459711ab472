package io.quarkiverse.deviceauthorization.runtime.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The nonces for proofs")
class DpopNoncesTest {

    private final DpopNonces nonces = new DpopNonces();

    @Test
    @DisplayName("are those of their origin")
    void byOrigin() {
        nonces.remember(URI.create("https://one.example.com/a?b"), Optional.empty(), Optional.of("first"));
        assertThat(nonces.of(URI.create("https://one.example.com/c"))).contains("first");
        assertThat(nonces.of(URI.create("https://one.example.com:8443/c"))).isEmpty();
        assertThat(nonces.of(URI.create("http://one.example.com/c"))).isEmpty();
    }

    @Test
    @DisplayName("are worth another request only if they differ from the one that was used")
    void worthRepeating() {
        URI server = URI.create("https://one.example.com");
        assertThat(nonces.remember(server, Optional.empty(), Optional.of("first"))).isTrue();
        assertThat(nonces.remember(server, Optional.of("first"), Optional.of("first"))).isFalse();
        assertThat(nonces.remember(server, Optional.of("first"), Optional.empty())).isFalse();
        assertThat(nonces.remember(server, Optional.of("first"), Optional.of("no nonce\n"))).isFalse();
        assertThat(nonces.of(server)).contains("first");
    }

    @Test
    @DisplayName("of more servers than anybody has are forgotten, and told again")
    void bounded() {
        URI first = URI.create("https://server-0.example.com");
        for (int i = 0; i <= 1000; i++) {
            nonces.remember(URI.create("https://server-" + i + ".example.com"), Optional.empty(), Optional.of("nonce-" + i));
        }
        assertThat(nonces.of(first)).isEmpty();
        assertThat(nonces.of(URI.create("https://server-1000.example.com"))).contains("nonce-1000");
        nonces.remember(first, Optional.empty(), Optional.of("again"));
        assertThat(nonces.of(first)).contains("again");
    }
}
