package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.runtime.prompt.FlowStatus.State;
import io.quarkiverse.deviceauthorization.runtime.prompt.PromptTexts.Text;

@DisplayName("The words of prompts")
class PromptTextsTest {

    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

    @ParameterizedTest
    @ValueSource(strings = { "en", "en-GB", "fr", "und", "" })
    @DisplayName("are English, also where there are none in a language")
    void english(String tag) {
        assertThat(PromptTexts.of(Locale.forLanguageTag(tag), StandardCharsets.US_ASCII).get(Text.ENTER))
                .isEqualTo("and enter this code:");
    }

    @ParameterizedTest
    @ValueSource(strings = { "de", "de-AT", "de-CH-1996" })
    @DisplayName("are German for whoever speaks that")
    void german(String tag) {
        PromptTexts texts = PromptTexts.of(Locale.forLanguageTag(tag), StandardCharsets.UTF_8);

        assertThat(texts.get(Text.OPEN)).isEqualTo("Zum Anmelden auf einem beliebigen Gerät diese Seite öffnen:");
        assertThat(texts.get(Text.LEFT, "4:59")).isEqualTo("noch 4:59");
    }

    @Test
    @DisplayName("are English where the terminal can't write the letters of the language")
    void englishInAscii() {
        assertThat(PromptTexts.of(Locale.GERMAN, StandardCharsets.US_ASCII).get(Text.ENTER)).isEqualTo("and enter this code:");
        assertThat(PromptTexts.of(Locale.GERMAN, StandardCharsets.ISO_8859_1).get(Text.ENTER))
                .isEqualTo("und diesen Code eingeben:");
    }

    @Test
    @DisplayName("come from the application for other languages, and are English as far as it has none")
    void ofTheApplication() {
        PromptTexts texts = PromptTexts.of(Locale.JAPAN, StandardCharsets.UTF_8);

        assertThat(texts.get(Text.WAITING)).startsWith("承認を");
        assertThat(texts.get(Text.ENTER)).isEqualTo("and enter this code:");
    }

    @Test
    @DisplayName("are English where those of the application can't be read, which is told")
    void unreadable() {
        try (LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.prompt")) {
            PromptTexts texts = PromptTexts.of(Locale.forLanguageTag("xx"), StandardCharsets.UTF_8);

            assertThat(texts.get(Text.ENTER)).isEqualTo("and enter this code:");
            assertThat(logged.messages).singleElement().asString()
                    .startsWith("The words of prompts in " + PromptTexts.BASE
                            + "xx.properties can't be read, and are in English: ");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("are all there in German, with the same values in them")
    void germanIsComplete(Text text) throws Exception {
        Properties german = new Properties();
        try (InputStream file = PromptTexts.class.getResourceAsStream("/" + PromptTexts.BASE + "de.properties")) {
            german.load(new java.io.InputStreamReader(file, StandardCharsets.UTF_8));
        }
        assertThat(german.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Text.values()).map(Text::key).toList());
        assertThat(PLACE.matcher(german.getProperty(text.key())).results().map(place -> place.group()))
                .containsExactlyInAnyOrderElementsOf(PLACE.matcher(PromptTexts.of(Locale.ENGLISH, StandardCharsets.UTF_8)
                        .get(text)).results().map(place -> place.group()).toList());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("know all that a flow can be doing, in one line")
    void everyState(State state) {
        String text = PromptTexts.of(Locale.ENGLISH, StandardCharsets.UTF_8).of(new FlowStatus(state, Duration.ofSeconds(10)));

        assertThat(text).isNotBlank().doesNotContain("\n", "{");
        assertThat(state.isEnd() ? text + "." : text + " - 4:59 left").as("fits into 40 columns").hasSizeLessThan(40);
    }
}
