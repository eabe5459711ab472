package io.quarkiverse.deviceauthorization.runtime.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Of the keys of a client")
class ClientKeysTest {

    /** They say where or under which name a secret is, or for how long. */
    private static final List<String> HARMLESS = List.of("token-path", "jwks-path", "credentials.jwt.key-file",
            "credentials.jwt.key-store-file", "credentials.jwt.key-id", "credentials.provider.key",
            "credentials.provider.keyring-name", "tokens.encryption.provider.key", "tokens.encryption.provider.keyring-name",
            "tokens.encryption.provider.name", "tokens.encryption.accept-plain", "tokens.refresh-skew", "tokens.store",
            "tokens.file.directory",
            "tokens.memory.max-owners", "tokens.memory.idle-timeout", "id-token.check", "id-token.issuer", "id-token.leeway");

    @DisplayName("every one that sounds like a secret is hidden, or known to be none")
    @Test
    void secrets() {
        List<String> suspects = ClientKeys.all().stream()
                .filter(key -> key.matches(".*(secret|password|key|token).*") && !HARMLESS.contains(key)).toList();
        assertThat(suspects).hasSizeGreaterThan(5).allMatch(ClientKeys::isSecret);
        assertThat(ClientKeys.all()).containsAll(HARMLESS);
        assertThat(HARMLESS).noneMatch(ClientKeys::isSecret);
    }

    @DisplayName("all that the mapping has are there, and groups of any names apart")
    @Test
    void all() {
        assertThat(ClientKeys.all()).contains("client-id", "credentials.jwt.lifespan", "tokens.memory.max-owners", "prompt",
                "prompt.open-browser")
                .doesNotContain("headers", "credentials").isSorted();
        assertThat(ClientKeys.groups()).containsExactly("extra-params", "headers");
    }

    @DisplayName("headers are hidden")
    @ParameterizedTest
    @ValueSource(strings = { "headers.X-Api-Key", "headers.X-Request-Source" })
    void headers(String key) {
        assertThat(ClientKeys.isSecret(key)).isTrue();
    }

    @DisplayName("parameters are hidden when their names sound like secrets")
    @Test
    void parameters() {
        assertThat(List.of("extra-params.client_secret", "extra-params.API_KEY", "extra-params.login_token"))
                .allMatch(ClientKeys::isSecret);
        assertThat(List.of("extra-params.prompt", "extra-params.connection", "extra-params.ui_locales"))
                .noneMatch(ClientKeys::isSecret);
    }
}
