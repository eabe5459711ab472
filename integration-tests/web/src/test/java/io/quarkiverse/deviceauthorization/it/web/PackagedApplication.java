package io.quarkiverse.deviceauthorization.it.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The packaged application in a process of its own. */
final class PackagedApplication implements AutoCloseable {

    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

    private static final Pattern STARTED = Pattern.compile(".* started in .* Listening on: http://\\S+:([0-9]+).*");

    private final Process process;
    private final BufferedReader output;
    private final int port;

    /**
     * @param authServerUrl its authorization server
     * @param options more options of Java
     */
    PackagedApplication(String authServerUrl, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA.resolve("java").toString(), "-Dquarkus.http.port=0",
                "-Dquarkus.device-authorization.auth-server-url=" + authServerUrl,
                "-Dquarkus.device-authorization.client-id=web"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader();
        port = output.lines().flatMap(line -> STARTED.matcher(line).results()).findFirst()
                .map(result -> Integer.parseInt(result.group(1))).orElseThrow(() -> new AssertionError("It did not start"));
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
