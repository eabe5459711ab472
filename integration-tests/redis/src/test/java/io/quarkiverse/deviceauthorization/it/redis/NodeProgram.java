package io.quarkiverse.deviceauthorization.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.Endpoint;
import io.quarkiverse.deviceauthorization.it.process.Run;
import io.quarkiverse.deviceauthorization.redis.server.RedisServer;

/** The packaged application, with a configuration. */
final class NodeProgram {

    static final String PREFIX = "quarkus.device-authorization.";

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JAR = System.getProperty("application");

    /** A process may live for a few seconds only, most of it at its start. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m",
            "-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr");

    private final Map<String, String> properties;

    private NodeProgram(Map<String, String> properties) {
        this.properties = properties;
    }

    /** An impatient one: what a dead node has claimed goes over to another one soon after the longest request. */
    static NodeProgram at(DeviceAuthorizationServer server) {
        return new NodeProgram(Map.of()).with(PREFIX + "auth-server-url", server.issuer())
                .with(PREFIX + "connect-timeout", "1s").with(PREFIX + "read-timeout", "3s")
                .with(PREFIX + "discovery-enabled", "false").with(PREFIX + "token-path", Endpoint.TOKEN.path())
                .with(PREFIX + "device-authorization-path", Endpoint.DEVICE_AUTHORIZATION.path());
    }

    /** The same, with what it keeps in this Redis. */
    NodeProgram sharing(RedisServer redis) {
        return with("quarkus.redis.hosts", redis.uri());
    }

    /** The same with another system property. */
    NodeProgram with(String property, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(property, value);
        return new NodeProgram(more);
    }

    /** Starts a process. */
    Incarnation start(String name, Path journal) {
        return start(name, journal, NodeClassArchive.USE);
    }

    Incarnation start(String name, Path journal, String... options) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(QUICK_START);
        command.addAll(List.of(options));
        with("journal", journal.toString()).with(PREFIX + "headers." + ServerJournal.NODE_HEADER, name).properties
                .forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", JAR));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("QUARKUS_"));
        try {
            return new Incarnation(name, journal, new Run(builder.start()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
