package io.quarkiverse.deviceauthorization.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.Endpoint;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.it.process.Run;
import io.quarkiverse.deviceauthorization.it.process.Secrets;

/** The life of a sign-in with every line that can be logged, every event, and the stack trace of every exception. */
@DisplayName("At TRACE, with everything printed, no secret is to be seen")
class RedactionIT {

    private static final String CLIENT = "store-test";
    private static final String SECRET = "a-secret-of-the-client-that-nobody-sees";
    private static final String KEY = "ZW5jcnlwdGlvbi1rZXktdGhhdC1ub2JvZHktc2Vlcy0xMjM0";

    private final Secrets secrets = new Secrets();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1))
            .client(CLIENT, SECRET).listener(secrets).start();
    private final Path directory = Directories.fresh("redaction");
    private final StoredFiles files = new StoredFiles(directory);
    private final List<String> outputs = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private Program talkative() {
        secrets.add("client secret", SECRET);
        return Program.at(server).in(directory).with(Program.PREFIX + "credentials.secret", SECRET)
                .with("quarkus.log.level", "TRACE")
                .with("quarkus.log.console.format", "%d %p %c %m%e%n")
                .with("quarkus.rest-client.logging.scope", "request-response")
                .with("quarkus.rest-client.logging.body-limit", "10000")
                .with("stack-traces", "true");
    }

    private Run run(Program program, int exitCode, String... arguments) {
        Run run = program.start(arguments);
        assertThat(run.exitCode()).as("exit code of %s, which told:%n%s", List.of(arguments), run.output()).isEqualTo(exitCode);
        outputs.add(run.output());
        return run;
    }

    private void addPrivateKeys() {
        files.privateKeys().forEach(key -> secrets.add("private key", key));
    }

    private void wholeLife(Program program) {
        String[] flow = run(program, 0, "start").told("started").get(0).split(" ");
        addPrivateKeys();
        assertThat(run(program, 0, "poll", flow[0]).told("polled").get(0)).startsWith("Pending");
        server.script().approve(flow[1], "alice");
        run(program, 0, "await", flow[0]);
        addPrivateKeys();
        run(program, 0, "refresh", "2");
        run(program, 0, "owners");

        server.script().fail(503);
        assertThat(run(program, 1, "refresh", "1").output()).contains("\tat ");
        server.script().dropConnection();
        run(program, 1, "refresh", "1");
        server.script().answer(Endpoint.TOKEN, 400, "application/json", "{\"error\":\"invalid_grant\"}");
        run(program, Program.AUTHORIZATION_REQUIRED, "refresh", "1");

        String[] denied = run(program, 0, "start").told("started").get(0).split(" ");
        server.script().deny(denied[1]);
        run(program, 1, "await", denied[0]);
        server.script().approve("alice");
        run(program, 0, "login");
        addPrivateKeys();
        run(program, 0, "logout");
        assertThat(server.counters().revocations()).as("revoked tokens").isPositive();
    }

    private void assertNoneIn(Map<String, Integer> atLeast) {
        String output = String.join("\n", outputs);
        System.out.printf("%d lines at TRACE searched for %s%n", output.lines().count(), secrets.counts());
        atLeast.forEach((kind, count) -> assertThat(secrets.counts().getOrDefault(kind, 0)).as(kind + "s")
                .isGreaterThanOrEqualTo(count));
        assertThat(output).as("what was printed: lines of our own, at TRACE").contains("TRACE ", "event Started", "\tat ");
        assertThat(secrets.foundIn(output)).as("lines with a secret").isEmpty();
    }

    @Test
    @DisplayName("with a client secret, PKCE and tokens that are bound to a key")
    void bound() {
        wholeLife(talkative().with(Program.PREFIX + "dpop", "true").with(Program.PREFIX + "pkce", "true"));
        assertThat(files.contents()).as("files in which secrets are found, since they are there").anySatisfy(
                file -> assertThat(secrets.foundIn(StoredFiles.text(file))).isNotEmpty());
        assertNoneIn(Map.of("device_code", 3, "access_token", 4, "refresh_token", 4, "id_token", 2, "code_verifier", 3,
                "private key", 3, "DPoP proof", 8, "Authorization header", 1));
    }

    @Test
    @DisplayName("with an encrypted store, and assertions in place of the client secret")
    void encrypted() {
        secrets.add("encryption key", KEY);
        UnaryOperator<Program> encrypted = program -> program.with(Program.PREFIX + "tokens.encryption.key", KEY)
                .with(Program.PREFIX + "credentials.method", "post-jwt");
        wholeLife(encrypted.apply(talkative()));
        server.script().approve("alice");
        run(encrypted.apply(talkative()), 0, "login");
        Run withoutKey = run(talkative().with(Program.PREFIX + "credentials.method", "post-jwt"), Program.STORE_FAILED,
                "tokens");
        assertThat(withoutKey.output()).contains("is encrypted", "\tat ");
        assertNoneIn(Map.of("device_code", 4, "access_token", 5, "refresh_token", 5, "id_token", 2, "client_assertion", 8,
                "encryption key", 1));
    }
}
