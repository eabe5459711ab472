package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.runtime.prompt.Terminal.Size;

@DisplayName("Whether standard error is a terminal")
class TerminalProbeTest {

    private final Map<String, String> variables = new HashMap<>(Map.of("TERM", "xterm-256color"));
    private final Map<String, String> properties = new HashMap<>(Map.of("os.name", "Linux", "stderr.encoding", "UTF-8"));
    private final List<String> commands = new ArrayList<>();
    private Optional<String> device = Optional.of("/dev/pts/3");
    private boolean testSucceeds;
    private boolean console;
    private String size = "50 132\n";

    private Terminal probe() {
        return probe(true);
    }

    private Terminal probe(boolean updates) {
        return new TerminalProbe(variables::get, properties::get, new TerminalProbe.Environment() {
            @Override
            public Optional<String> standardError() {
                return device;
            }

            @Override
            public boolean succeeds(String... command) {
                commands.add(String.join(" ", command));
                return testSucceeds;
            }

            @Override
            public String output(String input, String... command) {
                commands.add(String.join(" ", command) + " < " + input);
                return size;
            }

            @Override
            public boolean hasConsole() {
                return console;
            }
        }).standardError(updates);
    }

    @ParameterizedTest
    @CsvSource({ "/dev/pts/3, true", "/dev/tty1, true", "/dev/ttyS0, true", "/dev/console, true", "pipe:[4711], false",
            "/home/alice/log, false", "/dev/null, false", "socket:[1], false" })
    @DisplayName("is what Linux says it is, whatever standard input and output are, and takes no process")
    void linux(String is, boolean terminal) {
        device = Optional.of(is);

        assertThat(probe().present()).isEqualTo(terminal);
        assertThat(probe().updates()).isEqualTo(terminal);
        assertThat(probe().attended()).isEqualTo(terminal);
        assertThat(probe().colours()).isEqualTo(terminal);
        assertThat(commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    @DisplayName("is what a command says on systems that have no /proc")
    void otherUnix(boolean terminal) {
        properties.put("os.name", "Mac OS X");
        device = Optional.empty();
        testSucceeds = terminal;

        assertThat(probe().present()).isEqualTo(terminal);
        assertThat(commands).containsExactly("test -t 2");
    }

    @ParameterizedTest
    @CsvSource({ "WT_SESSION, 1, true, true", "WT_SESSION, 1, false, false", "ConEmuANSI, ON, true, true",
            "ConEmuANSI, OFF, true, false", "ANSICON, x, true, true", "TERM, xterm, true, true",
            "OS, Windows_NT, true, false" })
    @DisplayName("is, on Windows, what Java says of the console, if that understands control sequences")
    void windows(String variable, String value, boolean hasConsole, boolean terminal) {
        properties.put("os.name", "Windows 11");
        variables.clear();
        variables.put(variable, value);
        console = hasConsole;

        assertThat(probe().present()).isEqualTo(terminal);
        assertThat(probe().size().get()).isEqualTo(Size.USUAL);
        assertThat(commands).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "dumb", "" })
    @DisplayName("is one for people only, where it has no control sequences")
    void dumb(String term) {
        variables.put("TERM", term);
        assertThat(probe().present()).isFalse();
        assertThat(probe().updates()).isFalse();
        assertThat(probe().attended()).isTrue();

        variables.remove("TERM");
        assertThat(probe().present()).isFalse();
    }

    @Test
    @DisplayName("doesn't matter to lines that are not written again since something else owns the terminal")
    void notAlone() {
        assertThat(probe(false).present()).isTrue();
        assertThat(probe(false).attended()).isFalse();
        assertThat(probe(false).updates()).isFalse();
    }

    @Test
    @DisplayName("NO_COLOR takes its colours, if it is not empty")
    void noColor() {
        variables.put("NO_COLOR", "");
        assertThat(probe().colours()).isTrue();

        variables.put("NO_COLOR", "0");
        assertThat(probe().colours()).isFalse();
        assertThat(probe().updates()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "TERM, xterm-256color, true", "TERM, xterm, false", "TERM, tmux-256color, true", "TERM, linux, false",
            "COLORTERM, truecolor, true", "WT_SESSION, 1, true" })
    void manyColours(String variable, String value, boolean many) {
        variables.put("TERM", "xterm");
        variables.put(variable, value);

        assertThat(probe().manyColours()).isEqualTo(many);
    }

    @ParameterizedTest
    @CsvSource({ "0;15, true", "15;0, false", "0;default;15, true", "12;7, true", "7;8, false", "'', false", "x, false",
            "0;10, true", "0;100, false" })
    @DisplayName("COLORFGBG tells whether its background is light")
    void background(String colours, boolean light) {
        variables.put("COLORFGBG", colours);

        assertThat(probe().lightBackground()).isEqualTo(light);
    }

    @Test
    @DisplayName("its characters are those that Java writes standard error in")
    void charset() {
        properties.put("stderr.encoding", "ANSI_X3.4-1968");
        assertThat(probe().charset()).isEqualTo(StandardCharsets.US_ASCII);
        assertThat(probe().isUtf8()).isFalse();

        properties.remove("stderr.encoding");
        properties.put("sun.stderr.encoding", "no such thing");
        assertThat(probe().charset()).isEqualTo(Charset.defaultCharset());
    }

    @Test
    @DisplayName("its size comes from itself, also where the program's input is something else")
    void size() {
        assertThat(probe().size().get()).isEqualTo(new Size(132, 50));
        assertThat(commands).containsExactly("stty size < /dev/pts/3");

        device = Optional.empty();
        probe().size().get();
        assertThat(commands).endsWith("stty size < /dev/tty");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0 0\n", "", "nonsense", "-1 -1", "1234567 1234567" })
    @DisplayName("its size is that of the environment where it doesn't tell, or the usual one")
    void unknownSize(String answer) {
        size = answer.isEmpty() ? null : answer;
        assertThat(probe().size().get()).isEqualTo(Size.USUAL);

        variables.putAll(Map.of("COLUMNS", "100", "LINES", "30"));
        assertThat(probe().size().get()).isEqualTo(new Size(100, 30));
    }

    @Test
    @DisplayName("can be asked of the system that the tests run on")
    void thisSystem() {
        Terminal terminal = TerminalProbe.ThisSystem.probe().standardError(true);

        assertThat(terminal.present()).as("the output of tests is read by the build").isFalse();
        assertThat(terminal.size().get().columns()).isPositive();
    }
}
