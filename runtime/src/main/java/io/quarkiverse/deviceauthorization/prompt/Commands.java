package io.quarkiverse.deviceauthorization.prompt;

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

    /**
     * Runs a command that answers at once and writes little.
     *
     * @param input its standard input, or null for none
     * @param error its standard error
     * @return its output, or null if it isn't there, fails or doesn't end
     */
    static String output(String input, Redirect error, String... command) {
        Process process = null;
        try {
            process = new ProcessBuilder(command).redirectInput(input == null ? nothing() : Redirect.from(new File(input)))
                    .redirectError(error).start();
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
