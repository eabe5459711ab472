package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;

@DisplayName("The prompt on standard error")
class TerminalPromptTest {

    private static final DeviceAuthorizationEvent PENDING = new Pending("c", "o", "flow");
    private static final DeviceAuthorizationEvent LOST = new TransientFailure("c", "o", "flow", 1, "The server is away");
    private static final DeviceAuthorizationEvent SLOWED_DOWN = new SlowedDown("c", "o", "flow", Duration.ofSeconds(10));
    private static final DeviceAuthorizationEvent APPROVED = new Approved("c", "o", "flow");

    private final VirtualTime time = new VirtualTime();
    private final PendingAuthorization flow = Samples.flow(time.instant());
    private FakeTerminal terminal = new FakeTerminal(80, 24);
    private Prompt prompt = prompt(terminal.screen(), Locale.ENGLISH);

    private Prompt prompt(Screen screen, Locale locale) {
        return new TerminalPrompt(screen, locale, false, time, time, Runnable::run);
    }

    private void use(FakeTerminal other) {
        use(other, Locale.ENGLISH);
    }

    private void use(FakeTerminal other, Locale locale) {
        terminal = other;
        prompt = prompt(terminal.screen(), locale);
    }

    private String lastLine() {
        List<String> lines = terminal.lines();
        return lines.get(lines.size() - 1);
    }

    @Nested
    @DisplayName("on a terminal")
    class OnTerminal {

        @Test
        @DisplayName("counts down in one line, each second")
        void countsDown() {
            prompt.show(flow);
            List<String> before = terminal.lines();
            assertThat(lastLine()).isEqualTo("Waiting for your approval - 5:00 left");

            time.advance(1);
            assertThat(lastLine()).isEqualTo("Waiting for your approval - 4:59 left");

            time.advance(Duration.ofMillis(237_400));
            assertThat(lastLine()).isEqualTo("Waiting for your approval - 1:02 left");
            assertThat(terminal.lines()).hasSameSizeAs(before).startsWith(before.subList(0, before.size() - 1)
                    .toArray(new String[0]));
        }

        @Test
        @DisplayName("writes as soon as a second has ended, not some time later")
        void countsWholeSeconds() {
            time.advance(Duration.ofMillis(400));
            prompt.show(flow);
            assertThat(lastLine()).endsWith("5:00 left");

            time.advance(Duration.ofMillis(600));
            assertThat(lastLine()).endsWith("4:59 left");
        }

        @Test
        @DisplayName("says what the flow is doing")
        void saysWhatHappens() {
            prompt.show(flow);
            prompt.onEvent(flow, LOST);
            assertThat(lastLine()).isEqualTo("Connection lost, retrying - 5:00 left");
            prompt.onEvent(flow, PENDING);
            assertThat(lastLine()).isEqualTo("Waiting for your approval - 5:00 left");
            prompt.onEvent(flow, SLOWED_DOWN);
            assertThat(lastLine()).isEqualTo("Waiting, asking every 10 s - 5:00 left");
            prompt.onEvent(flow, LOST);
            prompt.onEvent(flow, PENDING);
            assertThat(lastLine()).as("the longer interval lasts").isEqualTo("Waiting, asking every 10 s - 5:00 left");
        }

        @Test
        @DisplayName("leaves the line tidy and does nothing any more when the flow has ended")
        void ends() {
            prompt.show(flow);
            time.advance(7);
            prompt.onEvent(flow, APPROVED);
            prompt.hide(flow);
            String written = terminal.written();

            assertThat(terminal.lines()).endsWith("Approved: you are signed in.", "");
            assertThat(terminal.column()).isZero();
            assertThat(time.timers()).as("timers").isZero();
            time.advance(400);
            assertThat(terminal.written()).isEqualTo(written);
        }

        @Test
        @DisplayName("removes its line when nobody waits any more")
        void vanishes() {
            prompt.show(flow);
            time.advance(7);
            prompt.hide(flow);

            assertThat(lastLine()).isEmpty();
            assertThat(String.join("\n", terminal.lines())).doesNotContain("left").contains(Samples.CODE);
            assertThat(terminal.column()).isZero();
            assertThat(time.timers()).as("timers").isZero();
        }

        @Test
        @DisplayName("stops counting when the time is up")
        void stopsAtZero() {
            prompt.show(flow);
            time.advance(1000);

            assertThat(lastLine()).endsWith("0:00 left");
            assertThat(time.timers()).as("timers").isZero();
        }

        @ParameterizedTest
        @ValueSource(ints = { 120, 80, 58, 40, 30, 20, 9 })
        @DisplayName("keeps to its width: sentences are broken between words, and the status line is one line")
        void keepsToTheWidth(int columns) {
            use(new FakeTerminal(columns, 24));
            prompt.show(flow);
            int lines = terminal.lines().size();
            for (DeviceAuthorizationEvent event : List.of(LOST, PENDING, SLOWED_DOWN)) {
                prompt.onEvent(flow, event);
                time.advance(3);
            }

            assertThat(terminal.lines()).hasSize(lines);
            assertThat(terminal.column()).as("a terminal breaks a line that reaches its edge").isLessThan(columns);
            String warning = String.join("\n", terminal.lines());
            assertThat(warning.substring(warning.indexOf("Only go")).split("\\s+")).startsWith("Only", "go", "on", "if", "you",
                    "started", "this", "sign-in", "yourself,", "just", "now.");
        }

        @Test
        @DisplayName("goes on in one line when the window gets narrower, though that broke the line, and wider")
        void followsTheWindow() {
            prompt.show(flow);
            List<String> before = terminal.lines();
            terminal.resize(30, 24);
            time.advance(1);
            assertThat(lastLine()).isEqualTo("Waiting for your approval");
            assertThat(terminal.lines().stream().filter(line -> line.contains("Waiting"))).hasSize(1);

            terminal.resize(80, 24);
            time.advance(1);
            assertThat(lastLine()).isEqualTo("Waiting for your approval - 4:58 left");
            assertThat(before).contains("Only go on if you started this sign-in yourself, just now.");
        }

        @Test
        @DisplayName("writes the page and the code before it asks how wide the terminal is, which takes some time")
        void writesBeforeItAsks() {
            String[] known = new String[1];
            Screen screen = new Screen(terminal.out(),
                    () -> new Terminal(true, true, true, true, true, false, StandardCharsets.UTF_8,
                            () -> {
                                known[0] = known[0] == null ? terminal.written() : known[0];
                                return Terminal.Size.USUAL;
                            }));
            prompt(screen, Locale.ENGLISH).show(flow);

            assertThat(known[0]).contains(Samples.PAGE, Samples.CODE).doesNotContain("Waiting");
        }

        @Test
        @DisplayName("asks how wide the terminal is before it writes, and no more once the flow has ended")
        void asksNoMore() {
            prompt.show(flow);
            time.advance(10);
            assertThat(terminal.asked()).isEqualTo(11);
            prompt.onEvent(flow, APPROVED);
            time.advance(10);
            assertThat(terminal.asked()).isEqualTo(11);
        }

        @Test
        @DisplayName("writes on threads that may be blocked, and nothing that comes after the end")
        void writesElsewhere() {
            Deque<Runnable> tasks = new ArrayDeque<>();
            Executor later = tasks::add;
            prompt = new TerminalPrompt(terminal.screen(), Locale.ENGLISH, false, time, time, later);
            prompt.show(flow);
            time.advance(1);
            assertThat(lastLine()).endsWith("5:00 left");
            prompt.onEvent(flow, APPROVED);
            String written = terminal.written();
            tasks.remove().run();

            assertThat(terminal.written()).isEqualTo(written);
            assertThat(tasks).isEmpty();
            assertThat(time.timers()).isZero();
        }

        @Test
        @DisplayName("of two flows, the last one has the line, and both say how they ended")
        void twoFlows() {
            PendingAuthorization other = Samples.flow("other", "ABCD", Samples.PAGE, Optional.empty(),
                    time.instant().plusSeconds(60));
            prompt.show(flow);
            time.advance(1);
            prompt.show(other);
            time.advance(5);
            assertThat(lastLine()).isEqualTo("Waiting for your approval - 0:54 left");
            assertThat(terminal.lines()).contains("Waiting for your approval - 4:59 left");

            prompt.onEvent(flow, APPROVED);
            prompt.onEvent(other, new Denied("c", "o", "other"));

            assertThat(terminal.lines()).contains("Approved: you are signed in.").endsWith("The sign-in was denied.", "");
            assertThat(time.timers()).isZero();
        }

        @Test
        @DisplayName("has colours, and none with NO_COLOR")
        void colours() {
            prompt.show(flow);
            prompt.onEvent(flow, APPROVED);
            assertThat(terminal.written()).contains("\033[1m" + Samples.CODE + "\033[0m", "\033[32mApproved");

            terminal = new FakeTerminal(80, 24);
            prompt = prompt(terminal.screen(false, false), Locale.ENGLISH);
            prompt.show(flow);
            time.advance(3);
            prompt.onEvent(flow, LOST);
            prompt.onEvent(flow, APPROVED);
            assertThat(terminal.written()).doesNotContainPattern("\033\\[[0-9;]*m").contains("\033[J");
        }

        @Test
        @DisplayName("speaks other languages, also such whose letters are wide")
        void otherLanguages() {
            use(new FakeTerminal(80, 24), Locale.GERMANY);
            prompt.show(flow);
            assertThat(terminal.lines()).contains("und diesen Code eingeben:");
            assertThat(lastLine()).isEqualTo("Warten auf Ihre Zustimmung - noch 5:00");

            use(new FakeTerminal(20, 24), Locale.JAPANESE);
            prompt.show(flow);
            time.advance(5);
            assertThat(lastLine()).startsWith("承認を");
            assertThat(terminal.column()).isLessThan(20);
            assertThat(terminal.lines().stream().filter(line -> line.startsWith("承認を"))).hasSize(1);
        }

        @Test
        @DisplayName("is ended by the person")
        void isInteractive() {
            assertThat(prompt.isInteractive()).isTrue();
            assertThat(prompt(terminal.file(), Locale.ENGLISH).isInteractive()).isFalse();
        }
    }

    @Nested
    @DisplayName("in a file, or where a terminal has no control sequences")
    class InFile {

        private final Prompt plain = prompt(terminal.file(), Locale.ENGLISH);

        @Test
        @DisplayName("has no control sequences, and a line for each change")
        void writesChanges() {
            plain.show(flow);
            time.advance(30);
            for (DeviceAuthorizationEvent event : List.of(PENDING, LOST, LOST, PENDING, SLOWED_DOWN, PENDING, APPROVED)) {
                plain.onEvent(flow, event);
            }
            plain.hide(flow);

            assertThat(terminal.written()).doesNotContain("\033", "\r", " left").endsWith("""
                    Only go on if you started this sign-in yourself, just now.

                    Connection lost, retrying.
                    Waiting for your approval.
                    Waiting, asking every 10 s.
                    Approved: you are signed in.
                    """);
            assertThat(time.timers()).isZero();
            assertThat(terminal.asked()).isZero();
        }

        @Test
        @DisplayName("has nothing after the text when nobody waits any more")
        void vanishes() {
            plain.show(flow);
            plain.hide(flow);

            assertThat(terminal.written()).endsWith("just now.\n\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DENIED    | The sign-in was denied.
            EXPIRED   | The code has expired.
            CANCELLED | The sign-in was cancelled.
            FAILED    | The sign-in has failed.
            GAVE_UP   | Connection lost, no longer trying.
            APPROVED  | Approved: you are signed in.
            """)
    @DisplayName("says how it ended")
    void saysHowItEnded(FlowStatus.State end, String text) {
        prompt.show(flow);
        prompt.onEvent(flow, switch (end) {
            case DENIED -> new Denied("c", "o", "flow");
            case EXPIRED -> new Expired("c", "o", "flow");
            case CANCELLED -> new Cancelled("c", "o", "flow");
            case FAILED -> new Failed("c", "o", "flow", "invalid_grant");
            case GAVE_UP -> new GaveUp("c", "o", "flow", "The server is away");
            default -> APPROVED;
        });

        assertThat(terminal.lines()).endsWith(text, "");
    }

    @ParameterizedTest
    @CsvSource({ "0, 0:00", "1, 0:01", "999, 0:01", "1001, 0:02", "60000, 1:00", "3599000, 59:59", "3600000, 1:00:00",
            "90061000, 25:01:01" })
    void timeThatIsLeftIsEasyToRead(long millis, String text) {
        assertThat(StatusLine.countdown(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    @DisplayName("knows nothing of flows that it doesn't show")
    void otherFlows() {
        prompt.onEvent(flow, APPROVED);
        prompt.hide(flow);

        assertThat(terminal.written()).isEmpty();
        assertThat(Arrays.asList(FlowStatus.State.values()).stream().filter(FlowStatus.State::isEnd)).hasSize(6);
    }
}
