package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import org.jboss.logmanager.ExtLogRecord;

import io.quarkiverse.deviceauthorization.devserver.Behaviour;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

/**
 * The servers of tests. They start before the application does, outside of its class loader, and are known by system
 * properties; tests see them through {@link Wire}.
 */
final class DevelopmentServers {

    private static final Map<String, DeviceAuthorizationServer> SERVERS = new LinkedHashMap<>();
    private static WireTap tap;

    private DevelopmentServers() {
    }

    /** The servers of {@link SignInOverTheWireTest}. */
    static void start() {
        start("yoto", DeviceAuthorizationServer.builder().behaviour(Behaviour.AUTH0).accessTokenLifespan(Duration.ofSeconds(5))
                .interval(Duration.ofSeconds(1)));
        start("confidential", DeviceAuthorizationServer.builder().client("tv", "cl1ent:s3cret+ü").client("kiosk", "x")
                .unauthorizedClient("radio").scopes("openid", "offline_access").audiences("https://api.example.com")
                .interval(Duration.ofSeconds(1)));
    }

    static void start(String name, DeviceAuthorizationServer.Builder builder) {
        DeviceAuthorizationServer server = builder.start();
        SERVERS.put(name, server);
        System.setProperty("wire." + name, server.issuer());
        tap().observe(name, () -> server.counters().requests().stream().map(request -> new WireTap.Received(request.method(),
                request.path(), request.headers(), request.form(), null)).toList());
    }

    static WireTap tap() {
        if (tap == null) {
            tap = new WireTap();
        }
        return tap;
    }

    private static void stop() {
        System.getProperties().keySet().removeIf(name -> name.toString().startsWith("wire."));
        SERVERS.values().forEach(DeviceAuthorizationServer::close);
        SERVERS.clear();
        tap.close();
        tap = null;
    }

    /** R11, and every other secret that went over the wire, or that a test knows. Called when all is over. */
    static void nothingLeaked(List<LogRecord> log) {
        try {
            assertNothingLeaked(log);
        } finally {
            stop();
        }
    }

    private static void assertNothingLeaked(List<LogRecord> log) {
        List<String> lines = log.stream().map(DevelopmentServers::line).toList();
        assertThat(lines).as("the REST client logs")
                .anySatisfy(line -> assertThat(line).contains("Request: POST http"))
                .anySatisfy(line -> assertThat(line).contains("Response: POST http", "Status["));
        Set<String> secrets = new TreeSet<>(tap.secrets());
        tap.received().flatMap(DevelopmentServers::secrets).forEach(secrets::add);
        assertThat(secrets).as("secrets that went over the wire").hasSizeGreaterThan(3);
        String[] all = secrets.toArray(String[]::new);
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain(all).doesNotContain("eyJ"));
    }

    private static Stream<String> secrets(WireTap.Received request) {
        return Stream.concat(
                Stream.of("device_code", "refresh_token", "token", "client_secret", "client_assertion", "code_verifier", "code",
                        "key")
                        .flatMap(name -> request.form().getOrDefault(name, List.of()).stream()),
                Stream.of("authorization", "dpop").flatMap(name -> request.headers().getOrDefault(name, List.of()).stream())
                        .map(header -> header.substring(header.indexOf(' ') + 1)))
                .filter(secret -> secret.length() > 3);
    }

    /** All of it that a handler could write, stack traces with their causes and what is suppressed included. */
    private static String line(LogRecord log) {
        StringWriter line = new StringWriter();
        line.append(log instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : log.getMessage());
        if (log.getThrown() != null) {
            log.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        return line.toString();
    }
}
