package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import org.jboss.logmanager.ExtLogRecord;

import io.quarkiverse.deviceauthorization.devserver.Behaviour;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.ReceivedRequest;

/**
 * The servers of {@link SignInOverTheWireTest}. They start before the application does, outside of its class loader, and are
 * known by system properties.
 */
final class DevelopmentServers {

    private static final List<DeviceAuthorizationServer> SERVERS = new ArrayList<>();

    private DevelopmentServers() {
    }

    static void start() {
        start("wire.yoto", DeviceAuthorizationServer.builder().behaviour(Behaviour.AUTH0)
                .accessTokenLifespan(Duration.ofSeconds(3)));
        start("wire.confidential", DeviceAuthorizationServer.builder().client("tv", "cl1ent:s3cret+ü").client("kiosk", "x")
                .unauthorizedClient("radio").scopes("openid", "offline_access").audiences("https://api.example.com"));
    }

    private static void start(String property, DeviceAuthorizationServer.Builder builder) {
        DeviceAuthorizationServer server = builder.interval(Duration.ofSeconds(1)).start();
        SERVERS.add(server);
        System.setProperty(property, server.issuer());
    }

    private static void stop() {
        System.getProperties().keySet().removeIf(name -> name.toString().startsWith("wire."));
        SERVERS.forEach(DeviceAuthorizationServer::close);
        SERVERS.clear();
    }

    /** R11, and every other secret that went over the wire. Called when all is over. */
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
                .anySatisfy(line -> assertThat(line).contains("Request: POST", "/oauth/token"))
                .anySatisfy(line -> assertThat(line).contains("Response: POST", "Status[403"));
        Set<String> secrets = new TreeSet<>();
        SERVERS.stream().flatMap(server -> server.counters().requests().stream())
                .flatMap(DevelopmentServers::secrets).forEach(secrets::add);
        assertThat(secrets).as("secrets that went over the wire").hasSizeGreaterThan(10);
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain(secrets).doesNotContain("eyJ"));
    }

    private static Stream<String> secrets(ReceivedRequest request) {
        return Stream.concat(
                Stream.of("device_code", "refresh_token", "token", "client_secret").flatMap(name -> request.parameter(name)
                        .stream()),
                request.header("Authorization").map(header -> header.substring(header.indexOf(' ') + 1)).stream());
    }

    private static String line(LogRecord log) {
        String message = log instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : log.getMessage();
        StringBuilder line = new StringBuilder(message);
        for (Throwable problem = log.getThrown(); problem != null; problem = problem.getCause()) {
            line.append(' ').append(problem);
        }
        return line.toString();
    }
}
