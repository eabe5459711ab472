package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

@DisplayName("JSON objects")
class JsonObjectsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @DisplayName("are read as an object mapper would read them")
    @ParameterizedTest
    @ValueSource(strings = { "{}", " {} ", "{\"a\":\"b\"}", "{\"a\":1,\"b\":-2147483649,\"c\":9223372036854775808}",
            "{\"a\":1.5,\"b\":1e400,\"c\":-0.0,\"d\":1E2}", "{\"a\":true,\"b\":false,\"c\":null}",
            "{\"a\":[1,[],{},[\"b\",{\"c\":[null]}]]}", "{\"a\":{\"b\":{\"c\":{}}}}", "{\"a\":1,\"a\":2}",
            "{\"a\":\"\\u00e4\\n\\ud83d\\ude00\"}", "{\"\":\"\"}", "{\"a\":1} and more", "{\"a\":1}}" })
    void read(String text) throws IOException {
        assertThat(JsonObjects.read(text)).isEqualTo(MAPPER.readValue(text, Map.class));
        assertThat(JsonObjects.read(text).keySet()).containsExactlyElementsOf(MAPPER.readValue(text, Map.class).keySet());
    }

    @DisplayName("are whole, and nothing else")
    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "1", "null", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":[1", "{\"a\":[1}",
            "{\"a\":{]}",
            "{a:1}", "{\"a\":01}", "{\"a\":NaN}", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":tru}", "{\"a\":\"b}" })
    void whole(String text) {
        assertThatThrownBy(() -> JsonObjects.read(text)).isInstanceOf(IOException.class);
    }

    @DisplayName("are not nested without end, and their numbers end too")
    @Test
    void limits() throws IOException {
        assertThat(JsonObjects.read("{\"a\":".repeat(16) + "1" + "}".repeat(16))).hasSize(1);
        assertThatThrownBy(() -> JsonObjects.read("{\"a\":".repeat(17) + "1" + "}".repeat(17)))
                .isInstanceOf(IOException.class);
        assertThat(JsonObjects.read("{\"a\":" + "1".repeat(64) + "}")).hasSize(1);
        assertThatThrownBy(() -> JsonObjects.read("{\"a\":" + "1".repeat(65) + "}")).isInstanceOf(IOException.class);
    }

    @DisplayName("are written as an object mapper would write them")
    @Test
    void write() throws IOException {
        Map<String, List<String>> members = new TreeMap<>(Map.of("scope", List.of("a b"), "resource", List.of("c", "d"),
                "none", List.of(), "text", List.of("\"ä\\\n😀")));

        String written = new String(JsonObjects.write(members), StandardCharsets.UTF_8);

        assertThat(written).isEqualTo(new String(MAPPER.writeValueAsBytes(new TreeMap<>(Map.of("scope", "a b", "resource",
                List.of("c", "d"), "none", List.of(), "text", "\"ä\\\n😀"))), StandardCharsets.UTF_8));
    }
}
