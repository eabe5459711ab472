package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.config.PromptConfig;
import io.quarkiverse.deviceauthorization.runtime.config.PromptKind;

@DisplayName("The prompt that is configured")
class ConfiguredPromptsTest {

    private final VirtualTime time = new VirtualTime();
    private final FakeTerminal file = new FakeTerminal(80, 24);
    private final ConfiguredPrompts prompts = new ConfiguredPrompts(file.out(), true, time, time, Runnable::run);

    private Prompt prompt(PromptKind kind, boolean openBrowser, String locale) {
        return prompts.of(new PromptConfig() {
            @Override
            public PromptKind kind() {
                return kind;
            }

            @Override
            public boolean openBrowser() {
                return openBrowser;
            }

            @Override
            public Optional<String> locale() {
                return Optional.of(locale);
            }
        });
    }

    /** The standard error of a test is no terminal. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TERMINAL | en | and enter this code:
            TERMINAL | de | und diesen Code eingeben:
            QR       | en | (No QR code: standard error is no terminal that could show one.)
            JSON     | de | "warning":"Nur fortfahren, wenn Sie
            """)
    @DisplayName("goes to standard error, in the language that is configured")
    void standardError(PromptKind kind, String locale, String text) {
        prompt(kind, false, locale).show(Samples.flow(time.instant()));

        assertThat(file.written()).contains(text);
    }

    @Test
    @DisplayName("goes to the log, or nowhere")
    void elsewhere() {
        assertThat(PromptLog.of(() -> prompt(PromptKind.LOG, false, "en").show(Samples.flow(time.instant())))).hasSize(1);
        assertThat(PromptLog.of(() -> prompt(PromptKind.NONE, false, "en").show(Samples.flow(time.instant())))).isEmpty();
        assertThat(file.written()).isEmpty();
    }

    @Test
    @DisplayName("opens a browser only if that is configured")
    void browser() {
        for (PromptKind kind : PromptKind.values()) {
            assertThat(prompt(kind, false, "en")).isNotInstanceOf(BrowserPrompt.class);
            assertThat(prompt(kind, true, "en")).isInstanceOf(BrowserPrompt.class);
        }
    }

    @Test
    @DisplayName("writes nothing and looks for nothing before it shows something")
    void lazy() {
        prompt(PromptKind.QR, true, "de");

        assertThat(file.written()).isEmpty();
        assertThat(time.timers()).isZero();
    }
}
