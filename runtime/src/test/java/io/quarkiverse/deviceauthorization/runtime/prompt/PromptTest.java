package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;

@DisplayName("A prompt")
class PromptTest {

    /** What a person is shown; JSON has tests of its own, since that is for programs. */
    enum Kind {
        TERMINAL {
            @Override
            String show(PendingAuthorization pending) {
                return shown(new FakeTerminal(80, 24), false, pending);
            }
        },
        QR {
            @Override
            String show(PendingAuthorization pending) {
                return shown(new FakeTerminal(80, 40), true, pending);
            }
        },
        QR_WITHOUT_ROOM {
            @Override
            String show(PendingAuthorization pending) {
                return shown(new FakeTerminal(40, 10), true, pending);
            }
        },
        FILE {
            @Override
            String show(PendingAuthorization pending) {
                FakeTerminal file = new FakeTerminal(80, 24);
                prompt(file.file(), false).show(pending);
                return file.written();
            }
        },
        LOG {
            @Override
            String show(PendingAuthorization pending) {
                List<String> messages = PromptLog.of(() -> new LogPrompt(Locale.ENGLISH).show(pending));
                assertThat(messages).singleElement().asString().startsWith("INFO ");
                return messages.get(0);
            }
        };

        abstract String show(PendingAuthorization pending);

        private static String shown(FakeTerminal terminal, boolean qr, PendingAuthorization pending) {
            prompt(terminal.screen(), qr).show(pending);
            return String.join("\n", terminal.lines());
        }

        private static Prompt prompt(Screen screen, boolean qr) {
            VirtualTime time = new VirtualTime();
            return new TerminalPrompt(screen, Locale.ENGLISH, qr, time, time, Runnable::run);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R10, R23: shows the verification URI and the user code, unmodified, each on a line of its own")
    void showsBoth(Kind prompt) {
        assertThat(prompt.show(pending(Optional.empty())).lines().map(String::strip))
                .contains("https://login.example.com/activate", "wdjb MJ%ht");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "QR")
    @DisplayName("R12: shows the complete URI too, and still the code")
    void showsCompleteUri(Kind prompt) {
        String complete = "https://login.example.com/a?c=wdjb";
        assertThat(prompt.show(pending(Optional.of(complete))).lines().map(String::strip))
                .contains("https://login.example.com/activate", "wdjb MJ%ht", complete);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R21: asks the person to go on only if they started this")
    void warns(Kind prompt) {
        assertThat(prompt.show(pending(Optional.empty())).replace("\n", " "))
                .contains("Only go on if you started this sign-in yourself, just now.");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R11: doesn't show the device code")
    void hidesDeviceCode(Kind prompt) {
        assertThat(prompt.show(pending(Optional.empty()))).doesNotContain("the-device-code");
    }

    private static PendingAuthorization pending(Optional<String> complete) {
        return Samples.flow("id", "wdjb MJ%ht", "https://login.example.com/activate", complete, Instant.EPOCH);
    }
}
