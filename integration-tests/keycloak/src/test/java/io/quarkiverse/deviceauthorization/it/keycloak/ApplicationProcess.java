package io.quarkiverse.deviceauthorization.it.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

/** The packaged application, as a process of its own that can be stopped, killed and started again. */
final class ApplicationProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

    private final Path log;
    private final Process process;

    private ApplicationProcess(Path log, Process process) {
        this.log = log;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "application-close"));
    }

    /**
     * Starts the application. The first request waits until it is there.
     *
     * @param log where its output goes
     * @param config what to configure
     */
    static ApplicationProcess start(Path log, Map<String, String> config) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0"));
        config.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", System.getProperty("application", "target/quarkus-app/quarkus-run.jar")));
        try {
            return new ApplicationProcess(log, new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException("The application could not be launched", e);
        }
    }

    /** Returns a request to the application. */
    RequestSpecification request() {
        return RestAssured.given().baseUri(address());
    }

    private String address() {
        try {
            return Awaitility.await("application").atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                    .pollDelay(Duration.ZERO)
                    .failFast("the process ended", () -> !process.isAlive())
                    .until(() -> LISTENING.matcher(output()), Matcher::find).group(1);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new IllegalStateException("The application does not listen: " + e.getMessage() + "\n" + output(), e);
        }
    }

    String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The log of the application can't be read", e);
        }
    }

    /** Ends the process as {@code kill -9} does: it has no time for anything. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Lets the application shut down. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The application does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the application ended", e);
        }
    }

    /** Ends the process, if it still runs. */
    @Override
    public void close() {
        kill();
    }
}
