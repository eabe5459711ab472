package io.quarkiverse.deviceauthorization.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.Endpoint;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class SignInCommandTest {

    private static final String AUTH_SERVER_URL = "quarkus.device-authorization.auth-server-url";
    private static final String CLIENT_ID = "quarkus.device-authorization.client-id";

    private static DeviceAuthorizationServer server;

    @BeforeAll
    static void startServer() {
        server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
        System.setProperty(AUTH_SERVER_URL, server.issuer());
        System.setProperty(CLIENT_ID, "hello");
    }

    @AfterAll
    static void stopServer() {
        System.clearProperty(AUTH_SERVER_URL);
        System.clearProperty(CLIENT_ID);
        server.close();
    }

    @BeforeEach
    void reset() {
        server.script().reset();
    }

    @Test
    void theProgramPromptsAndGreetsWhoeverApproves(QuarkusMainLauncher launcher) {
        server.script().pending(1).approve("alice");

        LaunchResult result = launcher.launch();

        assertThat(result.getErrorOutput()).contains("To sign in, open this page", server.issuer() + "/activate",
                "Only go on if you started this sign-in yourself");
        assertThat(result.getOutput()).contains("Signed in as Alice", "The protected resource answered");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aRefusalIsOneLineAndAnExitCode(QuarkusMainLauncher launcher) {
        server.script().deny();

        LaunchResult result = launcher.launch();

        assertThat(result.exitCode()).isEqualTo(ExitCodes.DENIED);
        assertThat(result.getErrorOutput()).contains("The person refused to sign in").doesNotContain("\tat ");
    }

    @Test
    void anExpiredCodeHasAnExitCodeOfItsOwn(QuarkusMainLauncher launcher) {
        server.script().expire();

        LaunchResult result = launcher.launch();

        assertThat(result.exitCode()).isEqualTo(ExitCodes.EXPIRED);
        assertThat(result.getErrorOutput()).contains("before its code expired");
    }

    @Test
    void aServerThatDoesNotAnswerHasAnExitCodeOfItsOwn(QuarkusMainLauncher launcher) {
        server.script().dropConnection(Endpoint.OPENID_CONFIGURATION);

        LaunchResult result = launcher.launch();

        assertThat(result.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(result.getErrorOutput()).contains(server.issuer(), "closed the connection without an answer");
    }

    @Test
    void helpAsksNobody(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("--help");

        assertThat(result.exitCode()).isZero();
        assertThat(server.counters().requests()).isEmpty();
    }
}
