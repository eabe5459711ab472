package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An answer that nobody expects")
class OddAnswersTest {

    private static final List<String> GOOD = List.of("http-1.0", "no-length", "no-reason", "continue", "cached",
            "many-members");
    private static final List<String> BAD = List.of("long-header", "deep", "deep-objects", "long-number", "huge-exponent",
            "short-length", "two-lengths", "no-content", "not-modified", "switching", "status-999", "half-a-head",
            "half-a-chunk", "bad-chunk", "gzip-bomb", "gzip-bomb-unsaid", "gzip-bomb-chunked", "www-authenticate",
            "escape-in-head",
            "reset-head", "reset-body", "endless", "endless-1.0");
    private static final List<String> SLOW = List.of("slow-head", "slow-chunks", "slow-multipart", "processing", "stalled",
            "flood");
    private static final List<String> CODES = List.of("terminal-code", "javascript", "file", "plain-http", "user-info");

    private static final List<String> NONCES = List.of("nonce-long", "nonce-quote", "nonce-space", "nonce-umlaut",
            "nonce-empty", "nonce-twice", "nonce-endless");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    DeviceAuthorizationClients clients;

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = new QuarkusUnitTest()
                .withApplicationRoot(root -> root.addClasses(HostileServers.class, HostileServer.class, OddAnswers.class,
                        SelfSigned.class, ServerCalls.class, Http.class))
                .setBeforeAllCustomizer(HostileServers::start)
                .setAfterAllCustomizer(HostileServers::stop);
        for (List<String> paths : List.of(GOOD, BAD, SLOW, CODES, NONCES, List.of("kept-alive", "twice", "interim"))) {
            for (String path : paths) {
                String prefix = "quarkus.device-authorization.\"" + path + "\".";
                String endpoint = "http://localhost:${wire.plain}/" + path;
                application.overrideRuntimeConfigKey(prefix + "device-authorization-path", endpoint)
                        .overrideRuntimeConfigKey(prefix + "token-path", endpoint)
                        .overrideRuntimeConfigKey(prefix + "client-id", "tv")
                        .overrideRuntimeConfigKey(prefix + "dpop", String.valueOf(NONCES.contains(path)))
                        .overrideRuntimeConfigKey(prefix + "credentials.secret", "cl1ent-s3cret")
                        .overrideRuntimeConfigKey(prefix + "read-timeout", SLOW.contains(path) ? "1S" : "60S");
            }
        }
        return application;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = { "http-1.0", "no-length", "no-reason", "continue", "cached", "many-members" })
    @DisplayName("is taken when HTTP allows it, and a second request is sent, whatever may be cached")
    void good(String client) {
        for (int i = 0; i < 2; i++) {
            assertThat(start(client).userCode()).isEqualTo("WDJB");
            assertThat(poll(client)).isInstanceOfSatisfying(TokenAnswer.Granted.class,
                    granted -> assertThat(granted.tokens().accessToken().value()).isEqualTo("t0ken"));
        }
        assertThat(counted("requests", client)).isEqualTo(4);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            long-header       | ASKED sent something that is not HTTP (HTTP header is larger than 8192 bytes.). Check scheme and port of KEY.auth-server-url
            escape-in-head    | ASKED sent something that is not HTTP (Validation failed for header 'WWW-Authenticate'). Check scheme and port of KEY.auth-server-url
            two-lengths       | ASKED sent something that is not HTTP (Multiple Content-Length values found: [20, 30]). Check scheme and port of KEY.auth-server-url
            bad-chunk         | ASKED sent something that is not HTTP (Invalid character in chunk size). Check scheme and port of KEY.auth-server-url
            deep              | SERVER sent no OAuth answer (application/json). Check KEY.device-authorization-path (HTTP status 200)
            deep-objects      | SERVER sent no OAuth answer (application/json). Check KEY.device-authorization-path (HTTP status 200)
            long-number       | SERVER sent no OAuth answer (application/json). Check KEY.device-authorization-path (HTTP status 200)
            huge-exponent     | The device authorization response for client 'huge-exponent' lacks expires_in, or has it in a form that is of no use. Check that the endpoint is a device authorization endpoint (RFC 8628 §3.2)
            short-length      | SERVER sent no OAuth answer (application/json). Check KEY.device-authorization-path (HTTP status 200)
            no-content        | SERVER sent no OAuth answer (no content type). Check KEY.device-authorization-path (HTTP status 204)
            not-modified      | SERVER sent no OAuth answer (no content type). Check KEY.device-authorization-path (HTTP status 304)
            switching         | SERVER sent no OAuth answer (no content type). Check KEY.device-authorization-path (HTTP status 101)
            status-999        | SERVER has a problem of its own. It may go away (HTTP status 999)
            half-a-head       | ASKED closed the connection without an answer. It may go away; if it doesn't, check scheme and port of KEY.auth-server-url
            half-a-chunk      | ASKED closed the connection without an answer. It may go away; if it doesn't, check scheme and port of KEY.auth-server-url
            reset-head        | ASKED closed the connection without an answer. It may go away; if it doesn't, check scheme and port of KEY.auth-server-url
            reset-body        | ASKED closed the connection without an answer. It may go away; if it doesn't, check scheme and port of KEY.auth-server-url
            gzip-bomb         | SERVER sent no OAuth answer (application/json). Check KEY.device-authorization-path (HTTP status 200)
            gzip-bomb-unsaid  | SERVER sent no OAuth answer (application/json). Check KEY.device-authorization-path (HTTP status 200)
            gzip-bomb-chunked | SERVER sent no OAuth answer (application/json). Check KEY.device-authorization-path (HTTP status 200)
            www-authenticate  | The authorization server refused to start a device authorization for client 'www-authenticate': invalid_client (Enter your password: [31mevil HTTP/1.1 200), HTTP status 401. Check KEY.client-id and KEY.credentials.secret, and that KEY.credentials.method is the one that the provider expects
            endless           | ASKED sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            endless-1.0       | ASKED sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            slow-head         | ASKED took longer to answer than KEY.read-timeout allows. Check that the server is well, or set a longer one
            flood             | ASKED took longer to answer than KEY.read-timeout allows. Check that the server is well, or set a longer one
            slow-chunks       | ASKED sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            slow-multipart    | ASKED sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            stalled           | ASKED sent an answer that is too large or takes too long. Check that KEY.auth-server-url is the authorization server
            processing        | SERVER sent no OAuth answer (no content type). Check KEY.device-authorization-path (HTTP status 102)
            """)
    @DisplayName("is told as what it is, soon, and the request is not sent again")
    void bad(String client, String message) {
        long begin = System.nanoTime();
        DeviceAuthorizationException problem = catchThrowableOfType(DeviceAuthorizationException.class, () -> start(client));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(problem).as("the failure").isNotNull();
        ServerCalls.assertHarmless(problem);
        TokenAnswer answer = poll(client);
        System.err.println("ODD " + client + " | " + problem.getMessage() + " | " + took.toMillis() + " | " + answer + "|"
                + counted("requests", client) + "|" + counted("sent", client));
        assertThat(problem).hasMessage(whole(message, client));
        assertThat(took).isLessThan(ServerCalls.SOON);
        assertThat(counted("requests", client)).isEqualTo(2);
        if (!client.equals("flood")) { // of heads, nothing is kept
            assertThat(counted("sent", client)).as("a connection is closed early").isLessThan(HostileServer.BUFFERS);
        }
    }

    private static String whole(String message, String client) {
        return message.replace("ASKED", "SERVER can't be asked: http://localhost:" + System.getProperty("wire.plain"))
                .replace("SERVER", "The authorization server of client '" + client + "'")
                .replace("KEY", "quarkus.device-authorization.\"" + client + "\"");
    }

    @Test
    @DisplayName("can't take over a terminal by a user code or a message")
    void terminal() {
        DeviceCodes codes = start("terminal-code");
        assertThat(codes.userCode()).isEqualTo("[2JWDJB");
        assertThat(codes.parameters()).containsEntry("message", "]0;titleOpen it\nnow");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            javascript | javascript:alert(1)//[31m
            file       | file:///etc/passwd
            plain-http | http://a.example/device
            user-info  | https://bank.example@a.example/
            """)
    @DisplayName("can't have a person open anything but a web page over TLS")
    void verificationUri(String client, String uri) {
        DeviceAuthorizationException problem = catchThrowableOfType(DeviceAuthorizationException.class, () -> start(client));
        assertThat(problem)
                .hasMessage("The device authorization response for client '" + client + "' has a verification_uri that"
                        + " can't be shown to a person: '" + uri
                        + "' is no https URL. Check that the endpoint is a device authorization"
                        + " endpoint (RFC 8628 §3.2)");
        ServerCalls.assertHarmless(problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nonce-long    | 1
            nonce-quote   | 1
            nonce-space   | 1
            nonce-umlaut  | 1
            nonce-empty   | 1
            nonce-twice   | 2
            nonce-endless | 3
            """)
    @DisplayName("with a nonce that no proof can have isn't sent one, and one without end gets no more than two (RFC 9449 §8)")
    void nonce(String client, int requests) {
        DeviceAuthorizationException problem = catchThrowableOfType(DeviceAuthorizationException.class, () -> start(client));
        ServerCalls.assertHarmless(problem);
        assertThat(problem).hasMessage("The authorization server refused to start a device authorization for client '" + client
                + "': use_dpop_nonce, HTTP status 400. Check the clock of this machine: a proof is good for moments only"
                + " (RFC 9449)");
        assertThat(counted("requests", client)).isEqualTo(requests);
    }

    @Test
    @DisplayName("that never comes, since the server closes a connection that was kept alive, is a failure: nothing is sent again")
    void keptAlive() {
        assertThat(poll("kept-alive")).isInstanceOf(TokenAnswer.Error.class);
        assertThat(poll("kept-alive")).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                unavailable -> assertThat(unavailable.failure()).hasMessage(whole(
                        "ASKED closed the connection without an answer."
                                + " It may go away; if it doesn't, check scheme and port of KEY.auth-server-url",
                        "kept-alive")));
        assertThat(counted("requests", "kept-alive")).isEqualTo(2);
    }

    @Test
    @DisplayName("to nothing, after the answer to a request, is not taken for that to the next request")
    void twice() {
        for (int i = 0; i < 5; i++) {
            assertThat(poll("twice")).isInstanceOfSatisfying(TokenAnswer.Error.class,
                    error -> assertThat(error.meaning()).isEqualTo(TokenAnswer.Meaning.PENDING));
        }
    }

    @Test
    @DisplayName("after one that is not the last (status 102) is not taken for that to the next request")
    void interim() {
        for (int i = 0; i < 5; i++) {
            assertThat(poll("interim")).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                    unavailable -> assertThat(unavailable.failure().status()).hasValue(102));
        }
    }

    private static long counted(String what, String path) {
        return HostileServers.counted("plain", what, path);
    }

    private DeviceCodes start(String client) {
        return ServerCalls.start(clients.client(client).server());
    }

    private TokenAnswer poll(String client) {
        return ServerCalls.poll(clients.client(client).server(), client, Secret.of("d3vice"));
    }
}
