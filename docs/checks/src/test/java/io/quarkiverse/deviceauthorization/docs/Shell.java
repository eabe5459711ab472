package io.quarkiverse.deviceauthorization.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A shell that somebody types commands into: it stays in the folder that the last one went to. */
final class Shell {

    private static final long MINUTES = 10;

    private final Path place;
    private final Path settings;
    private Path here;
    private Optional<Process> staying = Optional.empty();

    Shell(Path folder) {
        this.here = folder;
        this.place = folder.resolve(".here");
        this.settings = folder.resolve(".config");
    }

    /** @return the folder that it is in */
    Path here() {
        return here;
    }

    /** @return what the commands have said; they have succeeded */
    Output run(String commands) {
        Process process = start(commands + "\npwd > '" + place + "'\n");
        Output output = Output.of(process);
        try {
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                end(process);
                throw new IllegalStateException("Did not end: " + commands + "\n" + output.all());
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("Failed: " + commands + "\n" + output.all());
            }
            here = Path.of(Files.readString(place).strip());
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs the commands, time and again, until what they say is as it should be. */
    void repeat(String commands, Consumer<Output> check, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                Output output = run(commands);
                output.awaitEnd();
                check.accept(output);
                return;
            } catch (IllegalStateException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** @return what the last line of the commands says, which goes on running; the others have succeeded */
    Output stay(String commands) {
        String text = commands.strip();
        int last = text.lastIndexOf('\n');
        if (last > 0) {
            run(text.substring(0, last));
        }
        staying = Optional.of(start(text.substring(last + 1)));
        return Output.of(staying.get());
    }

    /** Ends what goes on running. */
    void stop() {
        staying.ifPresent(Shell::end);
        staying = Optional.empty();
    }

    private Process start(String commands) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands).directory(here.toFile())
                .redirectErrorStream(true);
        builder.environment().put("QUARKUS_HTTP_PORT", "0"); // any that is free, in place of 8080
        builder.environment().put("QUARKUS_HTTP_TEST_PORT", "0"); // in place of 8081
        builder.environment().put("XDG_CONFIG_HOME", settings.toString());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
