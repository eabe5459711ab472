package io.quarkiverse.deviceauthorization.it.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** The packaged application in a process of its own. */
final class PackagedApplication implements AutoCloseable {

    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    private static final Path TARGET = Path.of("target");
    private static final Pattern STARTED = Pattern.compile(".* started in .* Listening on: http://\\S+:([0-9]+).*");

    private final Process process;
    private final BufferedReader output;
    private final int port;

    /**
     * @param authServerUrl its authorization server
     * @param options more of its configuration, as {@code -Dkey=value}; where it is a jar, other options of Java as well
     */
    PackagedApplication(String authServerUrl, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Dquarkus.http.port=0",
                // that a machine stood still for seconds is no fault of the application's to complain about
                "-Dquarkus.vertx.max-event-loop-execute-time=60S",
                "-Dquarkus.device-authorization.auth-server-url=" + authServerUrl,
                "-Dquarkus.device-authorization.client-id=web"));
        all.addAll(List.of(options));
        List<String> command = command(all);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader();
        port = output.lines().flatMap(line -> STARTED.matcher(line).results()).findFirst()
                .map(result -> Integer.parseInt(result.group(1))).orElseThrow(() -> new AssertionError("It did not start"));
    }

    /** @return what starts whatever the build has made: a jar, or a native executable, which takes such options itself */
    private static List<String> command(List<String> options) throws IOException {
        Properties artifact = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
            artifact.load(reader);
        }
        String file = TARGET.resolve(artifact.getProperty("path")).toString();
        List<String> command = new ArrayList<>();
        if (artifact.getProperty("type").equals("native")) {
            command.add(file);
            command.addAll(options);
        } else {
            command.add(JAVA.resolve("java").toString());
            command.addAll(options);
            command.addAll(List.of("-jar", file));
        }
        return command;
    }

    int port() {
        return port;
    }

    Process process() {
        return process;
    }

    /** @return what it writes from now on until it ends */
    List<String> rest() {
        return output.lines().toList();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
