package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Run;

/** The packaged program, with a configuration. */
final class Program {

    /** Exit codes. */
    static final int AUTHORIZATION_REQUIRED = 2;
    static final int STORE_FAILED = 3;

    static final String PREFIX = "quarkus.device-authorization.";

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JAR = System.getProperty("application");

    /** A process lives for less than a second, most of it at its start. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-Xlog:disable", "-Xlog:all=error:stderr");

    private final Map<String, String> properties;
    private final Map<String, String> environment;

    private Program(Map<String, String> properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** The program with its tokens in memory. */
    static Program at(DeviceAuthorizationServer server) {
        return new Program(Map.of(), Map.of()).with(PREFIX + "auth-server-url", server.issuer());
    }

    /** The same, with its tokens in files. */
    Program in(Path directory) {
        return withFiles().with(PREFIX + "tokens.file.directory", directory.toString());
    }

    /** The same, with its tokens in files of the default directory. */
    Program withFiles() {
        return with(PREFIX + "tokens.store", "file");
    }

    /** The same with another system property. */
    Program with(String property, String value) {
        return new Program(plus(properties, property, value), environment);
    }

    /** The same with another environment variable. */
    Program withVariable(String variable, String value) {
        return new Program(properties, plus(environment, variable, value));
    }

    private static Map<String, String> plus(Map<String, String> present, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(present);
        more.put(name, value);
        return more;
    }

    /** Starts a process. */
    Run start(String... arguments) {
        return start(List.of("-XX:SharedArchiveFile=" + ClassArchive.FILE), arguments);
    }

    Run start(List<String> options, String... arguments) {
        return start(builder(options, arguments));
    }

    /** Starts a process in a directory, where it looks for {@code .env} and {@code config}. */
    Run startIn(Path directory, String... arguments) {
        return start(builder(List.of(), arguments).directory(directory.toFile()));
    }

    private static Run start(ProcessBuilder builder) {
        try {
            return new Run(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(QUICK_START);
        command.addAll(options);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", JAR));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("XDG_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Lets a process run to its good end. */
    Run finish(String... arguments) {
        Run run = start(arguments);
        assertThat(run.exitCode()).as("exit code of %s, which told:%n%s", List.of(arguments), run.output()).isZero();
        return run;
    }

    /** Lets a person sign in at a server whose script has nothing to do. */
    void signIn(DeviceAuthorizationServer server) {
        server.script().approve("alice");
        finish("login");
    }
}
