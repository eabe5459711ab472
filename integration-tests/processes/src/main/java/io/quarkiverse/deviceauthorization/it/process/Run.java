package io.quarkiverse.deviceauthorization.it.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that a test has started, and what it tells on its standard output. */
public final class Run {

    private static final int PATIENCE_SECONDS = 300;
    private static final String END = "the end of the output";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final Thread outputReader;
    private final Thread errorReader;

    public Run(Process process) {
        this.process = process;
        this.outputReader = read(process.getInputStream(), lines);
        this.errorReader = read(process.getErrorStream(), new LinkedBlockingQueue<>());
    }

    private Thread read(InputStream stream, BlockingQueue<String> queue) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    output.add(line);
                    queue.add(line);
                }
            } catch (IOException endedWithTheProcess) {
                output.add("(cut off: " + endedWithTheProcess.getMessage() + ")");
            } finally {
                queue.add(END);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for the next line of standard output that begins with this word, and returns the rest of it. */
    public String next(String word) {
        return nextOf(word).substring(word.length()).trim();
    }

    /** Waits for the next line of standard output that begins with one of these words. */
    public String nextOf(String... words) {
        return next(Duration.ofSeconds(PATIENCE_SECONDS), words).orElseThrow(
                () -> new AssertionError("The process told nothing of " + List.of(words) + ":\n" + output()));
    }

    /** Waits for the next line of its output that has these words in it. */
    public String lineWith(String words) {
        return next(Duration.ofSeconds(PATIENCE_SECONDS), line -> line.contains(words)).orElseThrow(
                () -> new AssertionError("The process told nothing with '" + words + "':\n" + output()));
    }

    /**
     * Waits for the next line of standard output that begins with one of these words, for no longer than that; empty also when
     * the process ends first.
     */
    public Optional<String> next(Duration atMost, String... words) {
        return next(atMost, line -> Arrays.stream(words).anyMatch(line::startsWith));
    }

    private Optional<String> next(Duration atMost, Predicate<String> wanted) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null || line.equals(END)) {
                    return Optional.empty();
                }
                if (wanted.test(line)) {
                    return Optional.of(line);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The process reads nothing any more:\n" + output(), e);
        }
    }

    /** Ends the process as {@code kill -9} does, and returns when it has ended. */
    public void kill() {
        process.toHandle().destroyForcibly(); // Process.destroyForcibly() would close its output as well
        try {
            process.waitFor(); // onExit() could need the only thread of the common pool, and the caller may have that
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Stops the process in its tracks: it does nothing at all until it is {@linkplain #thaw() thawed}. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets the process go on as if no time had passed. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start().waitFor();
            if (code != 0 && process.isAlive()) {
                throw new IllegalStateException("Process " + process.pid() + " did not get SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks the process to end, as operators and orchestrators do; it may take its time. */
    public void terminate() {
        process.toHandle().destroy(); // Process.destroy() would close its output as well
    }

    /** Waits for the end of the process. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("The process did not end:\n" + output());
            }
            outputReader.join();
            errorReader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What it has told so far, on standard output and standard error. */
    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** The lines that begin with this word, without it. */
    public List<String> told(String word) {
        synchronized (output) {
            return output.stream().filter(line -> line.startsWith(word + " ")).map(line -> line.substring(word.length() + 1))
                    .toList();
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
