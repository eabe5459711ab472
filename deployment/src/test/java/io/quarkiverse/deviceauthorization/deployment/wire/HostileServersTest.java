package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A server that misbehaves, or isn't there,")
class HostileServersTest {

    private static final List<String> PATHS = List.of("page", "not-found", "broken", "empty", "truncated", "lacking",
            "wrong-types", "negative", "absurd", "cut", "garbage", "silent", "drop", "reset", "trickle", "huge", "huge-chunked",
            "large", "huge-multipart", "huge-head");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    DeviceAuthorizationClients clients;

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = new QuarkusUnitTest()
                .withApplicationRoot(
                        root -> root.addClasses(HostileServers.class, HostileServer.class, OddAnswers.class,
                                SelfSigned.class, ServerCalls.class, Http.class))
                .setBeforeAllCustomizer(HostileServers::start);
        servers().forEach((client, endpoint) -> {
            String prefix = "quarkus.device-authorization.\"" + client + "\".";
            application.overrideRuntimeConfigKey(prefix + "device-authorization-path", endpoint)
                    .overrideRuntimeConfigKey(prefix + "token-path", endpoint)
                    .overrideRuntimeConfigKey(prefix + "client-id", "tv")
                    .overrideRuntimeConfigKey(prefix + "credentials.secret", "cl1ent-s3cret")
                    .overrideRuntimeConfigKey(prefix + "read-timeout",
                            client.matches("silent|trickle|silent-handshake") ? "1S" : "60S");
        });
        return application
                .overrideRuntimeConfigKey("quarkus.device-authorization.\"trusted\".tls-configuration-name", "wire")
                .overrideRuntimeConfigKey("quarkus.device-authorization.\"other-host\".tls-configuration-name", "wire")
                .overrideRuntimeConfigKey("quarkus.device-authorization.\"no-tls\".tls-configuration-name", "nowhere")
                .overrideRuntimeConfigKey("quarkus.tls.\"wire\".trust-store.p12.path", "${wire.key-store}")
                .overrideRuntimeConfigKey("quarkus.tls.\"wire\".trust-store.p12.password", SelfSigned.PASSWORD)
                .setAfterAllCustomizer(HostileServers::stop);
    }

    private static Map<String, String> servers() {
        Map<String, String> servers = new LinkedHashMap<>();
        for (String path : PATHS) {
            servers.put(path, "http://localhost:${wire.plain}/" + path);
        }
        for (String status : new String[] { "301", "302", "303", "307", "308" }) {
            servers.put("redirect-" + status, "http://localhost:${wire.plain}/redirect/" + status + "/${wire.elsewhere}");
        }
        servers.put("refused", "http://localhost:${wire.closed}/device");
        servers.put("unknown-host", "https://no-such-host.invalid/device");
        servers.put("tls-to-plain", "https://localhost:${wire.plain}/page");
        servers.put("silent-handshake", "https://localhost:${wire.mute}/page");
        servers.put("plain-to-tls", "http://localhost:${wire.tls}/absurd");
        servers.put("untrusted", "https://localhost:${wire.tls}/absurd");
        servers.put("trusted", "https://localhost:${wire.tls}/absurd");
        servers.put("other-host", "https://127.0.0.1:${wire.tls}/absurd");
        servers.put("no-tls", "https://localhost:${wire.tls}/absurd");
        return servers;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            refused        | refuses connections or doesn't accept them in time. Check that it is up, and quarkus.device-authorization."refused".auth-server-url
            unknown-host   | has no address. Check the host name in quarkus.device-authorization."unknown-host".auth-server-url and the name resolution of this machine
            drop           | closed the connection without an answer. It may go away; if it doesn't, check scheme and port of quarkus.device-authorization."drop".auth-server-url
            reset          | closed the connection without an answer
            cut            | closed the connection without an answer
            silent         | took longer to answer than quarkus.device-authorization."silent".read-timeout allows. Check that the server is well, or set a longer one
            trickle        | sent an answer that is too large or takes too long. Check that quarkus.device-authorization."trickle".auth-server-url is the authorization server
            huge           | sent an answer that is too large or takes too long
            huge-chunked   | sent an answer that is too large or takes too long
            huge-multipart | sent an answer that is too large or takes too long
            large          | sent an answer that is too large or takes too long
            huge-head      | sent something that is not HTTP (HTTP header is larger than 8192 bytes.). Check scheme and port of
            garbage        | sent something that is not HTTP (Illegal character in request line: 0x7). Check scheme and port of quarkus.device-authorization."garbage".auth-server-url
            tls-to-plain   | doesn't speak TLS. Check scheme and port of quarkus.device-authorization."tls-to-plain".auth-server-url
            silent-handshake | set up no connection within quarkus.device-authorization."silent-handshake".read-timeout. Check scheme and port of quarkus.device-authorization."silent-handshake".auth-server-url
            plain-to-tls   | closed the connection without an answer
            untrusted      | can't be trusted (unable to find valid certification path to requested target). Check its certificate,
            untrusted      | Check its certificate, and quarkus.device-authorization."untrusted".tls-configuration-name if it needs a trust store of its own
            other-host     | can't be trusted (No subject alternative names matching IP address 127.0.0.1 found)
            no-tls         | quarkus.device-authorization."no-tls".tls-configuration-name: there is no TLS configuration 'nowhere'. Define it under quarkus.tls."nowhere"
            """)
    @DisplayName("gives no answer: the message names what to check, no token request fails for it (R19), and nothing is sent again")
    void noAnswer(String client, String message) {
        long before = HostileServers.counted("plain", "requests", client);
        AuthorizationServerException started = start(client);
        assertThat(started).hasMessageStartingWith("The authorization server of client '" + client + "' can't be asked: ")
                .hasMessageContaining(message);
        assertThat(started.status()).isEmpty();
        assertThat(poll(client)).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                unavailable -> assertThat(unavailable.failure()).hasMessageContaining(message));
        assertThat(HostileServers.counted("plain", "requests", client) - before).isEqualTo(PATHS.contains(client) ? 2 : 0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            page        | 200 | sent no OAuth answer (text/html). Check quarkus.device-authorization."page".device-authorization-path (HTTP status 200)
            not-found   | 404 | has no such endpoint. Check quarkus.device-authorization."not-found".device-authorization-path and quarkus.device-authorization."not-found".auth-server-url (HTTP status 404)
            broken      | 500 | has a problem of its own. It may go away (HTTP status 500)
            empty       | 200 | sent no OAuth answer (application/json)
            truncated   | 200 | sent no OAuth answer (application/json)
            lacking     | 200 | lacks user_code, verification_uri, expires_in, or has it in a form that is of no use
            wrong-types | 200 | lacks device_code, user_code, verification_uri, expires_in, or has it in a form that is of no use
            negative    | 200 | lacks expires_in, or has it in a form that is of no use
            """)
    @DisplayName("answers nonsense: the message says what, and no token request fails for it (R19)")
    void nonsense(String client, int status, String message) {
        AuthorizationServerException started = start(client);
        assertThat(started).hasMessageContaining(message).hasMessageContaining("client '" + client + "'");
        assertThat(started.status()).hasValue(status);
        assertThat(started.error()).isEmpty();
        assertThat(poll(client)).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                unavailable -> assertThat(unavailable.failure().status()).hasValue(status));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = { "huge", "huge-chunked", "huge-multipart", "huge-head", "large" })
    @DisplayName("sends 50 MB: reading ends early")
    void huge(String client) {
        long before = HostileServers.counted("plain", "sent", client);
        start(client);
        assertThat(HostileServers.counted("plain", "sent", client) - before).isBetween(1L, (long) HostileServer.BUFFERS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = { "301", "302", "303", "307", "308" })
    @DisplayName("redirects: nobody follows, and the other server receives nothing")
    void redirect(String status) {
        AuthorizationServerException started = start("redirect-" + status);
        assertThat(started).hasMessageContaining("redirects to http://localhost:" + System.getProperty("wire.elsewhere")
                + "/stolen, which is not followed, since credentials would follow too. Check"
                + " quarkus.device-authorization.\"redirect-" + status + "\".device-authorization-path (HTTP status " + status);
        assertThat(poll("redirect-" + status)).isInstanceOf(TokenAnswer.Unavailable.class);
        assertThat(HostileServers.counted("elsewhere", "requests", "stolen")).isZero();
        assertThat(HostileServers.counted("elsewhere", "requests", "stolen?x=y")).isZero();
    }

    @Test
    @DisplayName("has a certificate of its own: with a trust store for it, all is well, and absurd numbers are cut")
    void trusted() {
        DeviceCodes codes = ServerCalls.start(clients.client("trusted").server());
        assertThat(codes.userCode()).isEqualTo("WDJB");
        assertThat(codes.expiresIn()).isEqualTo(Duration.ofDays(1));
        assertThat(codes.interval()).isEqualTo(Duration.ofMinutes(10));
    }

    private AuthorizationServerException start(String client) {
        AuthorizationServerException problem = catchThrowableOfType(AuthorizationServerException.class,
                () -> ServerCalls.start(clients.client(client).server()));
        assertThat(problem).as("the failure of " + client).isNotNull();
        ServerCalls.assertHarmless(problem);
        return problem;
    }

    private TokenAnswer poll(String client) {
        TokenAnswer answer = ServerCalls.poll(clients.client(client).server(), client, Secret.of("d3vice"));
        ServerCalls.assertHarmless(((TokenAnswer.Unavailable) answer).failure());
        return answer;
    }
}
