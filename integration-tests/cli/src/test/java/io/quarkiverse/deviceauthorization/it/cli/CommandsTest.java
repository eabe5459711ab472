package io.quarkiverse.deviceauthorization.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.Endpoint;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class CommandsTest {

    /** Shows as well that the packaged program is whole; a native executable does everything. */
    static final String PACKAGED = "packaged";

    private static final String PREFIX = "quarkus.device-authorization.";
    private static final String DIRECTORY = PREFIX + "tokens.file.directory";

    private static DeviceAuthorizationServer server;
    private static Map<String, String> configuration;

    @BeforeAll
    static void startServer() {
        server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
        configuration = Map.of(PREFIX + "auth-server-url", server.issuer(), PREFIX + "client-id", "hello",
                PREFIX + "tokens.store", "file", PREFIX + "prompt.locale", "en");
        configuration.forEach(System::setProperty);
    }

    @AfterAll
    static void stopServer() {
        configuration.keySet().forEach(System::clearProperty);
        System.clearProperty(DIRECTORY);
        server.close();
    }

    /** Nobody is signed in, and no sign-in of another test is found that could be gone on with. */
    @BeforeEach
    void reset(@TempDir Path tokens) {
        System.setProperty(DIRECTORY, tokens.toString());
        server.script().reset();
    }

    private static void signIn(QuarkusMainLauncher launcher) {
        server.script().approve("alice");
        assertThat(launcher.launch("login").exitCode()).isZero();
    }

    @Test
    void loginPromptsAndWaits(QuarkusMainLauncher launcher) {
        server.script().pending(1).approve("alice");

        LaunchResult result = launcher.launch("login");

        assertThat(result.getErrorOutput()).contains("To sign in, open this page", server.issuer() + "/activate",
                "Only go on if you started this sign-in yourself", "Approved: you are signed in.");
        assertThat(result.getOutput()).isEqualTo("You are signed in.");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @Tag(PACKAGED)
    void whoHasSignedInStaysSignedIn(QuarkusMainLauncher launcher) {
        signIn(launcher);

        assertThat(launcher.launch("whoami").getOutput()).isEqualTo("Alice");
        assertThat(launcher.launch("call").getOutput()).contains("\"message\":\"Hello Alice\"");
        LaunchResult again = launcher.launch("login");
        assertThat(again.getErrorOutput()).doesNotContain("To sign in");
        assertThat(again.exitCode()).isZero();
    }

    @Test
    void whoHasSignedOutIsAskedToSignIn(QuarkusMainLauncher launcher) {
        signIn(launcher);
        assertThat(launcher.launch("logout").getOutput()).isEqualTo("You are signed out.");

        for (String command : new String[] { "whoami", "call" }) {
            LaunchResult result = launcher.launch(command);
            assertThat(result.exitCode()).as(command).isEqualTo(ExitCodes.NOT_SIGNED_IN);
            assertThat(result.getErrorOutput()).as(command).isEqualTo("You are not signed in. Run: hello login");
            assertThat(result.getOutput()).as(command).isEmpty();
        }
    }

    @Test
    void aSignInCanBeStartedAndResumedLater(QuarkusMainLauncher launcher) throws Exception {
        JsonNode started = new ObjectMapper().readTree(launcher.launch("login", "--start", "--json").getOutput());
        assertThat(started.path("verification_uri").asText()).isEqualTo(server.issuer() + "/activate");
        assertThat(started.path("expires_in").asInt()).isBetween(200, 300);
        server.script().approve(started.path("user_code").asText(), "bob");

        LaunchResult resumed = launcher.launch("login", "--resume", started.path("id").asText());

        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.getErrorOutput()).contains(started.path("user_code").asText());
        assertThat(launcher.launch("whoami").getOutput()).isEqualTo("Bob");
    }

    @Test
    void aSignInThatIsStartedForPeopleSaysHowToGoOn(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("login", "--start");

        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("Open   " + server.issuer() + "/activate", "enter  ",
                "Only go on if you started this sign-in yourself", "hello login --resume ");
        assertThat(result.getErrorOutput()).isEmpty();
    }

    @Test
    void aSignInThatNobodyKnowsCannotBeResumed(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("login", "--resume", "4711");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput())
                .contains("There is no sign-in 4711 (any more). Start one with: hello login --start");
    }

    @Test
    @Tag(PACKAGED)
    void aRefusalIsOneLineAndAnExitCode(QuarkusMainLauncher launcher) {
        server.script().deny();

        LaunchResult result = launcher.launch("login");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.DENIED);
        assertThat(result.getErrorOutput()).contains("The person refused to sign in").doesNotContain("\tat ");
    }

    @Test
    void anExpiredCodeHasAnExitCodeOfItsOwn(QuarkusMainLauncher launcher) {
        server.script().expire();

        LaunchResult result = launcher.launch("login");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.EXPIRED);
        assertThat(result.getErrorOutput()).contains("before its code expired");
    }

    @Test
    void aServerThatDoesNotAnswerHasAnExitCodeOfItsOwn(QuarkusMainLauncher launcher) {
        server.script().dropConnection(Endpoint.OPENID_CONFIGURATION);

        LaunchResult result = launcher.launch("login");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(result.getErrorOutput()).contains(server.issuer(), "closed the connection without an answer");
    }

    @Test
    @Tag(PACKAGED)
    void helpAsksNobodyAndTellsTheExitCodes(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.getOutput()).contains("login", "whoami", "call", "logout", "130", "HELLO_PROMPT");
        assertThat(server.counters().requests()).isEmpty();
    }

    @Test
    void aCommandIsNeeded(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput()).contains("Usage: hello", "login");
    }
}
