package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.prompt.FakeTerminal.Theme;

@DisplayName("The prompt with a QR code")
class QrPromptTest {

    private final VirtualTime time = new VirtualTime();
    private final PendingAuthorization flow = Samples.flow(time.instant());

    private FakeTerminal show(FakeTerminal terminal, Screen screen, PendingAuthorization pending) {
        new TerminalPrompt(screen, Locale.ENGLISH, true, time, time, Runnable::run).show(pending);
        return terminal;
    }

    private FakeTerminal show(FakeTerminal terminal) {
        return show(terminal, terminal.screen(), flow);
    }

    @Test
    @DisplayName("can be scanned on dark and on light backgrounds, since it has its own colours")
    void canBeScanned() {
        FakeTerminal terminal = show(new FakeTerminal(120, 40));

        assertThat(terminal.scan(Theme.DARK)).isEqualTo(Samples.COMPLETE);
        assertThat(terminal.scan(Theme.LIGHT)).isEqualTo(Samples.COMPLETE);
    }

    @Test
    @DisplayName("can be scanned without colours, on a dark background, and on a light one if the terminal says that it has one")
    void canBeScannedWithoutColours() {
        FakeTerminal dark = new FakeTerminal(120, 40);
        FakeTerminal light = new FakeTerminal(120, 40);
        show(dark, dark.screen(false, false), flow);
        show(light, light.screen(false, true), flow);

        assertThat(dark.scan(Theme.DARK)).isEqualTo(Samples.COMPLETE);
        assertThat(light.scan(Theme.LIGHT)).isEqualTo(Samples.COMPLETE);
        assertThat(dark.written()).doesNotContainPattern("\033\\[[0-9;]*m");
        assertThatThrownBy(() -> dark.scan(Theme.LIGHT)).as("the other way round, some readers find nothing")
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("can be scanned on a terminal with sixteen colours")
    void canBeScannedInFewColours() {
        FakeTerminal terminal = new FakeTerminal(80, 24);
        Screen screen = new Screen(terminal.out(),
                () -> new Terminal(true, true, true, true, false, false, StandardCharsets.UTF_8,
                        () -> new Terminal.Size(80, 24)));

        assertThat(show(terminal, screen, flow).scan(Theme.DARK)).isEqualTo(Samples.COMPLETE);
    }

    @Test
    @DisplayName("fits into 80 columns and 24 lines, with the page, the code, the warning and the countdown below it")
    void fitsIntoTheUsualWindow() {
        FakeTerminal terminal = show(new FakeTerminal(80, 24));

        assertThat(terminal.scan(Theme.DARK)).isEqualTo(Samples.COMPLETE);
        assertThat(terminal.window()).endsWith("Or open this page, and enter the code:", "    " + Samples.PAGE,
                "    " + Samples.CODE, "Only go on if you started this sign-in yourself, just now.",
                "Waiting for your approval - 5:00 left");
    }

    @Test
    @DisplayName("stays as it is while the time is counted down")
    void stays() {
        FakeTerminal terminal = show(new FakeTerminal(80, 24));
        time.advance(42);

        assertThat(terminal.scan(Theme.DARK)).isEqualTo(Samples.COMPLETE);
        assertThat(terminal.window()).endsWith("Waiting for your approval - 4:18 left");
    }

    @Test
    @DisplayName("holds the page, and asks to enter the code, where the server has no complete URI")
    void withoutCompleteUri() {
        FakeTerminal terminal = new FakeTerminal(80, 40);
        show(terminal, terminal.screen(), Samples.flow("flow", Samples.CODE, Samples.PAGE, Optional.empty(),
                time.instant().plusSeconds(300)));

        assertThat(terminal.scan(Theme.DARK)).isEqualTo(Samples.PAGE);
        assertThat(terminal.lines()).contains("To sign in, scan this with a phone, and enter the code below:");
    }

    @ParameterizedTest
    @CsvSource({ "36, 100", "80, 23", "40, 10", "20, 5" })
    @DisplayName("is text where the window is too small, with a line that says why, and what to do")
    void tooSmall(int columns, int rows) {
        FakeTerminal terminal = show(new FakeTerminal(columns, rows));

        assertThat(terminal.written()).doesNotContain("█").contains(Samples.CODE);
        assertThat(terminal.written().replace('\n', ' '))
                .containsPattern("\\(No QR code: it takes 37 columns and [23][0-9] lines,"
                        + " and the terminal has " + columns + " and " + rows + "\\. Enlarge it\\.\\)");
    }

    @Test
    @DisplayName("is text where the terminal doesn't write UTF-8, with a line that says why, and what to do")
    void notUtf8() {
        FakeTerminal terminal = show(new FakeTerminal(120, 40, StandardCharsets.US_ASCII));

        assertThat(terminal.written()).doesNotContain("?".repeat(3)).contains(Samples.COMPLETE,
                "(No QR code: it takes UTF-8, and the terminal is set to US-ASCII. Try LC_ALL=C.UTF-8.)",
                "Waiting for your approval");
    }

    @Test
    @DisplayName("is text where there is no terminal, with a line that says why")
    void noTerminal() {
        FakeTerminal terminal = new FakeTerminal(120, 40);
        show(terminal, terminal.file(), flow);

        assertThat(terminal.written()).doesNotContain("█", "\033").contains(Samples.COMPLETE,
                "(No QR code: standard error is no terminal that could show one.)");
        assertThat(terminal.asked()).isZero();
    }

    @Test
    @DisplayName("is text where the address is too long")
    void tooLong() {
        FakeTerminal terminal = new FakeTerminal(200, 100);
        show(terminal, terminal.screen(), Samples.flow("flow", Samples.CODE, Samples.PAGE,
                Optional.of(Samples.PAGE + "?x=" + "y".repeat(3000)), time.instant().plusSeconds(300)));

        assertThat(terminal.written()).contains("(No QR code: the address is too long for one.)", Samples.CODE);
    }
}
