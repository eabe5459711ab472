package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.quarkiverse.deviceauthorization.runtime.config.Loopback;

/**
 * Opens a page in the browser of whoever runs this program, by the command that the platform has for it. What comes from a
 * server is an argument of that command, and nothing of it is read by a shell.
 */
final class Browser {

    /** Starts a command and leaves it alone. */
    @FunctionalInterface
    interface Launcher {

        /** @throws IOException if the command isn't there */
        void start(List<String> command) throws IOException;
    }

    private final UnaryOperator<String> variables;
    private final String system;
    private final Launcher launcher;

    /**
     * @param variables the environment variables
     * @param system the name of the operating system
     */
    Browser(UnaryOperator<String> variables, String system, Launcher launcher) {
        this.variables = variables;
        this.system = system.toLowerCase(Locale.ROOT);
        this.launcher = launcher;
    }

    static Browser ofThisSystem() {
        return new Browser(System::getenv, System.getProperty("os.name"), Commands::start);
    }

    /** @return why the page is not opened, if it isn't */
    Optional<String> open(URI page) {
        if (!isSafe(page)) {
            return Optional.of("its address is neither https nor on this machine");
        }
        List<List<String>> commands = commands(page.toASCIIString());
        if (commands.isEmpty()) {
            return Optional.of("there is no display (DISPLAY and WAYLAND_DISPLAY are not set)");
        }
        StringBuilder tried = new StringBuilder();
        for (List<String> command : commands) {
            try {
                launcher.start(command);
                return Optional.empty();
            } catch (IOException e) {
                tried.append(tried.isEmpty() ? "" : ", ").append(command.get(0));
            }
        }
        return Optional.of("none of these commands is there: " + tried);
    }

    private static boolean isSafe(URI page) {
        return "https".equalsIgnoreCase(page.getScheme()) && page.getHost() != null
                || "http".equalsIgnoreCase(page.getScheme()) && Loopback.is(page);
    }

    private List<List<String>> commands(String page) {
        if (system.startsWith("windows")) {
            return List.of(List.of("rundll32", "url.dll,FileProtocolHandler", page));
        } else if (system.startsWith("mac")) {
            return List.of(List.of("open", page));
        }
        List<List<String>> commands = new ArrayList<>();
        if (has("WSL_DISTRO_NAME")) {
            commands.add(List.of("wslview", page));
        }
        if (has("DISPLAY") || has("WAYLAND_DISPLAY")) { // else it could be a browser that takes over the terminal
            commands.add(List.of("xdg-open", page));
        }
        return commands;
    }

    private boolean has(String variable) {
        String value = variables.apply(variable);
        return value != null && !value.isEmpty();
    }
}
