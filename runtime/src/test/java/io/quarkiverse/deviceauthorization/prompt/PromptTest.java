package io.quarkiverse.deviceauthorization.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;

@DisplayName("A prompt")
class PromptTest {

    enum Kind {
        TERMINAL {
            @Override
            String show(PendingAuthorization pending) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                // no automatic flush: what is not flushed by the prompt itself stays in the buffer
                PrintStream buffered = new PrintStream(new BufferedOutputStream(out, 1 << 16), false,
                        StandardCharsets.UTF_8);
                new TerminalPrompt(buffered).show(pending);
                return out.toString(StandardCharsets.UTF_8);
            }
        },
        LOG {
            @Override
            String show(PendingAuthorization pending) {
                List<String> messages = new ArrayList<>();
                Handler handler = new Handler() {
                    @Override
                    public void publish(LogRecord message) {
                        messages.add(message.getLevel() + ": " + message.getMessage());
                    }

                    @Override
                    public void flush() {
                        // nothing is buffered
                    }

                    @Override
                    public void close() {
                        // nothing is open
                    }
                };
                Logger logger = Logger.getLogger(LogPrompt.class.getName());
                logger.addHandler(handler);
                try {
                    new LogPrompt().show(pending);
                } finally {
                    logger.removeHandler(handler);
                }
                assertThat(messages).singleElement().asString().startsWith("INFO: ");
                return messages.get(0);
            }
        };

        abstract String show(PendingAuthorization pending);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R10, R23: shows the verification URI and the user code, unmodified, each on a line of its own")
    void showsBoth(Kind prompt) {
        assertThat(prompt.show(pending(Optional.empty())).lines().map(String::strip))
                .contains("https://login.example.com/activate", "wdjb MJ%ht");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R12: shows the complete URI too, and still the code")
    void showsCompleteUri(Kind prompt) {
        String complete = "https://login.example.com/activate?user_code=wdjb%20MJ%25ht";
        assertThat(prompt.show(pending(Optional.of(URI.create(complete)))).lines().map(String::strip))
                .contains("https://login.example.com/activate", "wdjb MJ%ht", complete);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R21: asks the person to go on only if they started this")
    void warns(Kind prompt) {
        assertThat(prompt.show(pending(Optional.empty())))
                .contains("Only go on if you started this sign-in yourself, just now.");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R11: doesn't show the device code")
    void hidesDeviceCode(Kind prompt) {
        assertThat(prompt.show(pending(Optional.empty()))).doesNotContain("the-device-code");
    }

    private static PendingAuthorization pending(Optional<URI> complete) {
        return new PendingAuthorization(DeviceAuthorizationName.DEFAULT, "default", "id", "wdjb MJ%ht",
                URI.create("https://login.example.com/activate"), complete, Instant.EPOCH, Duration.ofSeconds(5),
                Secret.of("the-device-code"), Map.of());
    }
}
