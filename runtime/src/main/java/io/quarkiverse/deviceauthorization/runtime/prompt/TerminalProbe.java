package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds out what standard error is. Java tells only whether standard input and output are a terminal, and prompts go to
 * neither: in {@code tool login | jq} the prompt belongs on the terminal, in {@code tool login 2>log} it doesn't.
 * <ul>
 * <li>On Linux, {@code /proc/self/fd/2} says what it is.</li>
 * <li>On other systems of that family, {@code test -t 2} does.</li>
 * <li>On Windows, {@link java.lang.System#console()} is all there is, and one of the terminals that understand control
 * sequences has left its mark in the environment.</li>
 * </ul>
 */
final class TerminalProbe {

    /** What is asked of the system. */
    interface Environment {

        /** @return what standard error is, by the path of its device or file; empty where the system doesn't tell */
        Optional<String> standardError();

        /** @return whether a command succeeds whose standard error is ours */
        boolean succeeds(String... command);

        /** @return the output of a command whose standard input is this device, or null if it fails */
        String output(String device, String... command);

        /** @return whether standard input and output are a console, as far as Java knows */
        boolean hasConsole();
    }

    private final UnaryOperator<String> variables;
    private final UnaryOperator<String> properties;
    private final Environment environment;

    /**
     * @param variables the environment variables
     * @param properties the system properties
     */
    TerminalProbe(UnaryOperator<String> variables, UnaryOperator<String> properties, Environment environment) {
        this.variables = variables;
        this.properties = properties;
        this.environment = environment;
    }

    /** @param alone whether nothing else owns the terminal, so that a line may be written again */
    Terminal standardError(boolean alone) {
        boolean terminal = isTerminal();
        boolean present = terminal && understands();
        String term = variable("TERM");
        return new Terminal(terminal && alone, present, present && alone, present && variable("NO_COLOR").isEmpty(),
                term.contains("256color") || term.contains("direct") || has("COLORTERM") || has("WT_SESSION"),
                hasLightBackground(), charset(), this::size);
    }

    private boolean isTerminal() {
        if (isWindows()) {
            return environment.hasConsole();
        }
        Optional<String> device = environment.standardError();
        return device.isPresent() ? isTerminal(device.get()) : environment.succeeds("test", "-t", "2");
    }

    private boolean understands() {
        String term = variable("TERM");
        boolean known = !term.isEmpty() && !term.equals("dumb");
        return known || isWindows() && (has("WT_SESSION") || has("ANSICON") || variable("ConEmuANSI").equals("ON"));
    }

    private static boolean isTerminal(String device) {
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.startsWith("/dev/console");
    }

    /** Few terminals tell: {@code text;background}, by the numbers of the sixteen colours. */
    private boolean hasLightBackground() {
        String colours = variable("COLORFGBG");
        String background = colours.substring(colours.lastIndexOf(';') + 1);
        return background.equals("7") || background.matches("9|1[0-5]");
    }

    /** What Java writes standard error in: it has a property of its own since Java 19. */
    private Charset charset() {
        for (String property : new String[] { "stderr.encoding", "sun.stderr.encoding" }) {
            String name = properties.apply(property);
            try {
                if (name != null) {
                    return Charset.forName(name);
                }
            } catch (IllegalArgumentException e) {
                // Java does without it, too
            }
        }
        return Charset.defaultCharset();
    }

    private Terminal.Size size() {
        String answer = isWindows() ? null
                : environment.output(environment.standardError().filter(TerminalProbe::isTerminal).orElse("/dev/tty"), "stty",
                        "size");
        String[] numbers = answer == null ? new String[0] : answer.strip().split(" ");
        int rows = numbers.length == 2 ? number(numbers[0]) : 0;
        int columns = numbers.length == 2 ? number(numbers[1]) : 0;
        return new Terminal.Size(columns > 0 ? columns : orElse(number(variable("COLUMNS")), Terminal.Size.USUAL.columns()),
                rows > 0 ? rows : orElse(number(variable("LINES")), Terminal.Size.USUAL.rows()));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static int orElse(int number, int other) {
        return number > 0 ? number : other;
    }

    private boolean isWindows() {
        return properties.apply("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private boolean has(String variable) {
        return !variable(variable).isEmpty();
    }

    private String variable(String name) {
        String value = variables.apply(name);
        return value == null ? "" : value;
    }

    /** The system that this program runs on. */
    static final class ThisSystem implements Environment {

        private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

        static TerminalProbe probe() {
            return new TerminalProbe(System::getenv, System::getProperty, new ThisSystem());
        }

        @Override
        public Optional<String> standardError() {
            try {
                return Optional.of(Files.readSymbolicLink(STANDARD_ERROR).toString());
            } catch (IOException | UnsupportedOperationException | SecurityException e) {
                return Optional.empty();
            }
        }

        @Override
        public boolean succeeds(String... command) {
            return Commands.succeeds(command);
        }

        @Override
        public String output(String device, String... command) {
            return Commands.output(device, command);
        }

        /** Since Java 22 there is a console also where there is no terminal, and it can be asked. */
        @Override
        @SuppressWarnings("SystemConsoleNull") // until Java 21 it is null
        public boolean hasConsole() {
            Console console = System.console();
            try {
                return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
            } catch (NoSuchMethodException e) {
                return true;
            } catch (ReflectiveOperationException e) {
                return false;
            }
        }
    }
}
