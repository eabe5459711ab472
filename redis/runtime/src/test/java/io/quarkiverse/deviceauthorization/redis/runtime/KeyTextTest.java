package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

@DisplayName("Names in keys")
class KeyTextTest {

    @Test
    @DisplayName("are there as they are, if they are plain")
    void plain() {
        assertThat(List.of("tv", "<default>", "alice@example.com", "auth0|5f7c", "a-b_c.d~e/f+g=")).allSatisfy(
                text -> assertThat(KeyText.encode(text)).isEqualTo(text));
        assertThat(new ClientKeys("app", "tv").tokens("alice")).isEqualTo("app:{tv}:tokens:alice");
    }

    @Test
    @DisplayName("have nothing that means something in keys, and can be read back")
    void others() {
        List<String> texts = List.of("", "%", "%25", "{", "}", "{}", "a:b", "a}b:{c", "*", "?", "[a]", "\\", " ", "\n", "\0",
                "é",
                "e\u0301", "漢字", "🙂", "x".repeat(100_000));
        assertThat(texts).allSatisfy(text -> {
            assertThat(KeyText.encode(text)).isNotEmpty().doesNotContainPattern("[{}:*?\\[\\]\\\\\\s\\p{Cntrl}]");
            assertThat(KeyText.decode(KeyText.encode(text))).isEqualTo(text);
        });
        assertThat(texts.stream().map(KeyText::encode)).doesNotHaveDuplicates();
        assertThat(KeyText.encode("")).isEqualTo("%");
        assertThat(KeyText.encode("{é}")).isEqualTo("%7B%C3%A9%7D");
    }

    @Test
    @DisplayName("are refused where they are no text")
    void noText() {
        assertThatThrownBy(() -> KeyText.encode("a\ud83d")).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageContaining("half a surrogate pair");
    }
}
