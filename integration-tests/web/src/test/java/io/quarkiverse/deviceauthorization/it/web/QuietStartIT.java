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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

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

    /** What is of use only once somebody signs in: keys, the REST client, the engine, and random numbers. */
    private static final Pattern FOR_SIGN_INS = Pattern.compile("org\\.jose4j\\..*|java\\.security\\.SecureRandom"
            + "|io\\.quarkiverse\\.deviceauthorization\\.runtime\\.(Client|ReactiveClient)"
            + "|io\\.quarkiverse\\.deviceauthorization\\.runtime\\.(endpoint|flow|token|idtoken|dpop|credentials|store|prompt)\\..*"
            + "|io\\.quarkiverse\\.deviceauthorization\\.runtime\\.metrics\\.(ClientMeters|StoreMeters|MeteredStore).*"
            + "|io\\.quarkiverse\\.deviceauthorization\\.web\\.(SignInPage|PageWriter|Template|Texts|Cookies|EventStream)");

    /** The build makes a REST client of this interface; that it could be made is known at the start. */
    private static final Pattern KNOWN = Pattern
            .compile(".*\\.AuthorizationServerApi(\\$\\$QuarkusRestClientInterfaceCreator)?");

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
        assertThat(loaded).filteredOn(name -> FOR_SIGN_INS.matcher(name).matches() && !KNOWN.matcher(name).matches())
                .as("classes that only a sign-in needs").isEmpty();
        assertThat(loaded).as("classes of dev mode").noneMatch(name -> name.contains(".deviceauthorization.runtime.dev."));
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
