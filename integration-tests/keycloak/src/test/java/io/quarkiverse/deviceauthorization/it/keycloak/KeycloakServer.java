package io.quarkiverse.deviceauthorization.it.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A Keycloak from its own distribution, as a process on a port that the system chooses, with an in-memory database.
 * The first start after unpacking takes around half a minute longer than later ones, because Keycloak builds itself then.
 */
final class KeycloakServer implements AutoCloseable {

    static final String REALM = "devices";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(6);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final int LOG_LINES_SHOWN = 40;
    private static final Pattern LISTENING = Pattern
            .compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)(?: and (https://127\\.0\\.0\\.1:\\d+))?");

    private static final int HTTP = 1;
    private static final int HTTPS = 2;

    private final Path log;
    private final Process process;

    private KeycloakServer(Path log, Process process) {
        this.log = log;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "keycloak-close"));
    }

    /**
     * Starts a server and waits until it serves the realm.
     *
     * @param home the unpacked distribution
     * @param log where its output goes
     * @param realmFile the realm to import
     * @param options further options of {@code kc.sh}
     * @throws IllegalStateException if it does not serve in time; the message holds the last lines of the log, and no process
     *         is left
     */
    static KeycloakServer start(Path home, Path log, Path realmFile, String... options) {
        KeycloakServer server = new KeycloakServer(log, launch(home, log, realmFile, List.of(options)));
        try {
            server.awaitRealm();
            return server;
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            server.close();
            throw new IllegalStateException("Keycloak did not start: " + e.getMessage() + server.lastLogLines(), e);
        }
    }

    private static Process launch(Path home, Path log, Path realmFile, List<String> options) {
        Path script = home.resolve("bin").resolve("kc.sh");
        if (!Files.isRegularFile(script)) {
            throw new IllegalStateException("There is no Keycloak distribution at '" + home
                    + "': run the tests through Maven, which unpacks it, or set the system property 'keycloak.home'");
        }
        List<String> command = new ArrayList<>(List.of(script.toString(), "start-dev", "--db=dev-mem", "--import-realm",
                "--http-host=127.0.0.1", "--http-port=0"));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        // What is set for other programs must not change this one: DEBUG, for example, would open a fixed port
        environment.keySet()
                .removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_OPTS") || name.startsWith("DEBUG"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        // Two fifths less processor time for a server that lives for a minute
        environment.put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        try {
            Path imports = Files.createDirectories(home.resolve("data").resolve("import"));
            Files.copy(realmFile, imports.resolve(REALM + "-realm.json"), StandardCopyOption.REPLACE_EXISTING);
            Files.createDirectories(log.toAbsolutePath().getParent());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Keycloak could not be launched from '" + home + "'", e);
        }
    }

    private void awaitRealm() {
        HttpClient http = HttpClient.newHttpClient();
        Awaitility.await("realm metadata")
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(250))
                .failFast("the process ended", () -> !process.isAlive())
                .until(() -> address(HTTP).isPresent() && servesMetadata(http));
    }

    private boolean servesMetadata(HttpClient http) throws IOException, InterruptedException {
        URI metadata = URI.create(realmUrl() + "/.well-known/openid-configuration");
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(metadata).timeout(Duration.ofSeconds(60)).build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 && answer.body().contains("device_authorization_endpoint");
    }

    /** Returns the URL of the realm, which is its issuer. */
    String realmUrl() {
        return realmUrl(address(HTTP));
    }

    /** Returns the URL of the realm over TLS. Asked there, the realm has this one as its issuer. */
    String secureRealmUrl() {
        return realmUrl(address(HTTPS));
    }

    private static String realmUrl(Optional<String> address) {
        return address.orElseThrow(() -> new IllegalStateException("Keycloak has not said where it listens"))
                + "/realms/" + REALM;
    }

    private Optional<String> address(int scheme) {
        Matcher listening = LISTENING.matcher(logText());
        return listening.find() ? Optional.ofNullable(listening.group(scheme)) : Optional.empty();
    }

    private String logText() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The log of Keycloak can't be read", e);
        }
    }

    private String lastLogLines() {
        List<String> lines = logText().lines().toList();
        return "\nThe last lines of " + log + ":\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    /** Ends the process and what it launched, if it still runs. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<Void> ended = CompletableFuture
                .allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            ended.get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of Keycloak could not be awaited", e);
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
