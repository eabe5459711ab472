package io.quarkiverse.deviceauthorization.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A person's terminal: a shell in a window of tmux. */
final class Tmux implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "$ ";

    private final String socket = "hello-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();

    /**
     * @param environment what the shell's environment has besides that of the test
     * @throws AssertionError if tmux isn't there
     */
    Tmux(int columns, int rows, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("-u", "-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y",
                "" + rows, "env", "-u", "NO_COLOR", "-u", "COLORFGBG", "-u", "LC_ALL", "-u", "COLUMNS", "-u", "LINES"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("PS1=" + READY, "sh"));
        tmux(command.toArray(new String[0]));
        awaitScreen(screen -> screen.startsWith(READY.strip()));
    }

    /** Types a command, and the key Enter. */
    void type(String command) {
        keys("-l", command);
        keys("Enter");
    }

    void interrupt() {
        keys("C-c");
    }

    private void keys(String... keys) {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux(command.toArray(new String[0]));
    }

    void resize(int columns, int rows) {
        tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    void clear() {
        type("clear");
        awaitScreen(screen -> screen.strip().equals(READY.strip()));
    }

    /** What is seen in the window, as text. */
    String screen() {
        return tmux("capture-pane", "-p");
    }

    /** What is seen in the window, and what has left it at the top. */
    String history() {
        return tmux("capture-pane", "-p", "-S", "-");
    }

    /** What is seen in the window, with its colours, also those of spaces. */
    String colours() {
        return tmux("capture-pane", "-p", "-e", "-N");
    }

    /** Where the cursor is: column and line, from 0. */
    String cursor() {
        return tmux("display-message", "-p", "#{cursor_x},#{cursor_y}").strip();
    }

    String awaitText(String text) {
        return awaitScreen(screen -> screen.contains(text));
    }

    String awaitScreen(Predicate<String> condition) {
        try {
            return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::screen, condition);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError("The terminal doesn't show what it should:\n" + history(), e);
        }
    }

    private String tmux(String... arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new AssertionError("These tests need tmux. Install it, for example by: apt-get install tmux", e);
        }
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("tmux answers").isTrue();
            assertThat(process.exitValue()).as(String.join(" ", command) + ": " + output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The server of this socket ends with its last session, and with it the shell and what runs in it. */
    @Override
    public void close() {
        long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
        List<ProcessHandle> programs = ProcessHandle.of(shell).stream().flatMap(ProcessHandle::descendants).toList();
        tmux("kill-server");
        programs.forEach(program -> await().atMost(PATIENCE).until(() -> !program.isAlive())); // they may still write files
    }
}
