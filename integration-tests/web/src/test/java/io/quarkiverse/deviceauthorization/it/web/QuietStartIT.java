package io.quarkiverse.deviceauthorization.it.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.restassured.RestAssured;

/** The packaged application in a process of its own, whose authorization server is a socket that nobody should connect to. */
@DisplayName("An application that signs nobody in")
class QuietStartIT {

    private static final Path CLASSES = Path.of("target", "quiet-start.log");

    /** The threads of Java itself, and of any Quarkus application with HTTP. */
    private static final Pattern OTHERS = Pattern.compile("main|Reference .*|Finalizer.*|Signal Dispatcher|.*Service Thread|"
            + "Monitor Deflation Thread|C[12] CompilerThread.*|Sweeper thread|Notification Thread|Common-Cleaner|"
            + "Attach Listener|GC Thread.*|VM .*|G1 .*|DestroyJavaVM|Cleaner-.*|JVMCI.*|StringDedupProcessor|"
            + "executor-thread-1|vertx-blocked-thread-checker|vert\\.x-eventloop-thread-.*|vert\\.x-acceptor-thread-0");

    private static final String OURS = "io.quarkiverse.deviceauthorization.";

    /** What applications are compiled with, the events that this one observes, its configuration, and itself. */
    private static final Pattern ANYWAY = Pattern.compile("([A-Z]|event\\.|runtime\\.config\\.|it\\.web\\.).*");

    /** What else of ours is loaded before somebody signs in: beans, what their constructors take, and routes. */
    private static final Set<String> AT_START = Set.of(
            "filter.OwnerResolver",
            "prompt.Prompt",
            "provider.ProviderAdapter",
            "runtime.DeviceAuthorizationClients",
            "runtime.DeviceAuthorizationRecorder",
            // the build makes a REST client of this interface; that it could be made is known at the start
            "runtime.endpoint.AuthorizationServerApi",
            "runtime.filter.AnnotatedFilter",
            "runtime.filter.FilterClients",
            "runtime.health.DeviceAuthorizationEndpointHealthCheck",
            "runtime.logging.LoggedFlows",
            "runtime.metrics.MicrometerTelemetry",
            "runtime.protocol.Events",
            "runtime.protocol.Telemetry",
            "runtime.protocol.Timer",
            "runtime.provider.Preset",
            "runtime.provider.Preset$Endpoint",
            "runtime.provider.PresetBuilder",
            "runtime.provider.Provider",
            "runtime.tracing.TracedFlows",
            "store.AuthorizationStore",
            "web.runtime.DeviceAuthorizationWebConfig",
            "web.runtime.DeviceAuthorizationWebFixedConfig",
            "web.runtime.DeviceAuthorizationWebRecorder",
            "web.runtime.EventStreams",
            "web.runtime.SignInPages",
            "web.runtime.SignInPart",
            "web.runtime.SignInRoute",
            "web.runtime.WebConfigCheck");

    /** How the name of a class goes on that Quarkus or the compiler makes of one of ours. */
    private static final Pattern GENERATED = Pattern.compile("(_|\\$\\$|\\$[0-9]).*");

    /**
     * What of others is of use only once somebody signs in: keys, random numbers, QR codes; a prefix, and a class that has it.
     */
    private static final Map<String, String> FOR_SIGN_INS = Map.of(
            "org.jose4j.", "org.jose4j.jws.JsonWebSignature",
            "javax.crypto.", "javax.crypto.Cipher",
            "java.security.SecureRandom", "java.security.SecureRandom",
            "io.nayuki.qrcodegen.", "io.nayuki.qrcodegen.QrCode",
            "io.vertx.core.http.impl.HttpClient", "io.vertx.core.http.impl.HttpClientImpl");

    @DisplayName("asks nobody at its start, has no thread of ours, and loads nothing that only a sign-in needs")
    @Test
    void quiet() throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String threads = threadsOnceStarted("http://127.0.0.1:" + server.getLocalPort());
            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).as("a connection of somebody").isInstanceOf(SocketTimeoutException.class);
            assertThat(names(threads)).as("threads").contains("main").allMatch(name -> OTHERS.matcher(name).matches());
        }
        List<String> loaded = loadedClasses();
        assertThat(loaded).as("classes").contains("io.quarkiverse.deviceauthorization.DeviceAuthorization",
                "io.quarkiverse.deviceauthorization.runtime.config.StartupCheck");
        assertThat(ours(loaded)).as("classes of ours").isSubsetOf(AT_START);
        assertThat(loaded).as("classes that only a sign-in needs")
                .noneMatch(name -> FOR_SIGN_INS.keySet().stream().anyMatch(name::startsWith));
    }

    @DisplayName("is compared with classes that there are, all of them")
    @Test
    void names() {
        assertThat(AT_START).allMatch(name -> exists(OURS + name));
        assertThat(FOR_SIGN_INS).allSatisfy((prefix, example) -> assertThat(example).startsWith(prefix).matches(this::exists));
    }

    private boolean exists(String name) {
        return ClassLoader.getSystemResource(name.replace('.', '/') + ".class") != null;
    }

    /** @return those that only some applications have, as they are called in the sources */
    private static Set<String> ours(List<String> loaded) {
        return loaded.stream().filter(name -> name.startsWith(OURS)).map(name -> name.substring(OURS.length()))
                .filter(name -> !ANYWAY.matcher(name).matches()).map(name -> GENERATED.matcher(name).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @DisplayName("has nothing of dev mode in its package")
    @Test
    void noDevMode() throws IOException {
        try (var libraries = Files.list(Path.of("target", "quarkus-app", "lib", "main"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .anyMatch(name -> name.matches(".*\\.quarkus-device-authorization-[0-9].*"))
                    .noneMatch(name -> name.matches(".*\\.quarkus-device-authorization-dev(-server)?-[0-9].*"));
        }
    }

    private static String threadsOnceStarted(String authServerUrl) throws IOException, InterruptedException {
        try (PackagedApplication application = new PackagedApplication(authServerUrl, "-Xlog:class+load:file=" + CLASSES)) {
            RestAssured.given().port(application.port()).get("/q/health/live").then().statusCode(200);
            Process dump = new ProcessBuilder(PackagedApplication.JAVA.resolve("jcmd").toString(),
                    String.valueOf(application.process().pid()), "Thread.print").start();
            return new String(dump.getInputStream().readAllBytes());
        }
    }

    private static List<String> names(String threads) {
        return Pattern.compile("^\"(.*)\" (#|os_prio)", Pattern.MULTILINE).matcher(threads).results()
                .map(result -> result.group(1)).toList();
    }

    private static List<String> loadedClasses() throws IOException {
        Pattern loaded = Pattern.compile("(\\S+) source: ");
        try (var lines = Files.lines(CLASSES)) {
            return lines.flatMap(line -> loaded.matcher(line).results()).map((MatchResult result) -> result.group(1)).toList();
        }
    }
}
