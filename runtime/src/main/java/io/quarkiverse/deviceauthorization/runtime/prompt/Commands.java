package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands of the platform, never through a shell. */
final class Commands {

    private static final int PATIENCE_SECONDS = 1;

    private Commands() {
    }

    /** @return whether a command succeeds that answers at once; its standard error is ours */
    static boolean succeeds(String... command) {
        return output(nothing(), Redirect.INHERIT, command) != null;
    }

    /**
     * Runs a command that answers at once and writes little.
     *
     * @param device its standard input
     * @return its output, or null if it isn't there, fails or doesn't end
     */
    static String output(String device, String... command) {
        return output(Redirect.from(new File(device)), Redirect.DISCARD, command);
    }

    private static String output(Redirect input, Redirect error, String... command) {
        Process process = null;
        try {
            process = new ProcessBuilder(command).redirectInput(input).redirectError(error).start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return null;
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            if (process != null) {
                process.destroy();
            }
        }
    }

    /**
     * Starts a command and leaves it alone.
     *
     * @throws IOException if it isn't there
     */
    static void start(List<String> command) throws IOException {
        new ProcessBuilder(command).redirectInput(nothing()).redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD).start();
    }

    private static Redirect nothing() {
        return Redirect.from(new File(File.separatorChar == '\\' ? "NUL" : "/dev/null"));
    }
}
