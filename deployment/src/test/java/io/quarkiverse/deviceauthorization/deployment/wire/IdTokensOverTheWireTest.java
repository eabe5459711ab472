package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Over the wire, an ID token")
class IdTokensOverTheWireTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    @DeviceAuthorizationName("home")
    DeviceAuthorization home;

    @Inject
    @DeviceAuthorizationName("rotating")
    DeviceAuthorization rotating;

    @Inject
    @DeviceAuthorizationName("flaky")
    DeviceAuthorization flaky;

    @Inject
    WireApplication.Observer observer;

    /** For keys that can't be read, time enough to know that before the first poll. */
    private static String interval(String client) {
        return client.equals("flaky") ? "500MS" : "50MS";
    }

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = WireApplication.of(IdTokensOverTheWireTest::servers);
        for (String name : List.of("home", "rotating", "flaky")) {
            WireApplication.client(application, name, "auth-server-url", "${wire." + name + "}", "scopes",
                    "openid,profile,email", "polling.default-interval", interval(name), "polling.min-interval", "50MS",
                    "polling.max-backoff", "200MS");
        }
        return application;
    }

    private static void servers() {
        for (String name : List.of("home", "rotating", "flaky")) {
            DevelopmentServers.start(name, DeviceAuthorizationServer.builder().interval(Duration.ZERO).user("carol",
                    Map.of("sub", "carol-17", "preferred_username", "carol", "email", "carol@example.com")));
        }
    }

    @Test
    @DisplayName("repeats the nonce, and its claims are those of a JsonWebToken, about the person of the userinfo endpoint")
    void identity() {
        Tokens tokens = signIn("home", home);
        JsonWebToken identity = tokens.identity().orElseThrow();
        assertThat(identity.getName()).isEqualTo("carol");
        assertThat(identity.getSubject()).isEqualTo("carol-17");
        assertThat(identity.getIssuer()).isEqualTo(Wire.url("home"));
        assertThat(identity.getAudience()).containsExactly("tv");
        assertThat(identity.<String> getClaim("nonce")).isEqualTo("n-0nce");
        assertThat(identity.<String> getClaim("email")).isEqualTo("carol@example.com");
        assertThat(identity.getExpirationTime()).isGreaterThan(Instant.now().getEpochSecond());
        UserInfo userInfo = home.userInfo();
        assertThat(userInfo.subject()).isEqualTo("carol-17");
        assertThat(userInfo.text("email")).hasValue("carol@example.com");
        observer.log(identity);
        observer.log(userInfo);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            wrong_issuer    | is of another issuer than '%s'. If you trust it, set quarkus.device-authorization."home".id-token.issuer
            wrong_audience  | was issued to another client
            wrong_nonce     | doesn't repeat the nonce of the request. Not every provider does in this grant: leave the nonce out if yours doesn't
            expired         | has expired, or doesn't say when it does. Check the clock of this machine, and quarkus.device-authorization."home".id-token.leeway
            unknown_key     | is not signed by a key of the server
            wrong_signature | is not signed by a key of the server
            unsigned        | is no signed JWT
            no_subject      | names no subject
            """)
    @DisplayName("with a flaw ends the sign-in, and nothing of the answer is kept")
    void flawed(String flaw, String message) {
        DeviceAuthorization owner = home.forOwner(flaw);
        Wire.script("home", "flaw_id_token", "flaw", flaw);
        PendingAuthorization pending = start("home", owner);
        InvalidIdTokenException problem = catchThrowableOfType(InvalidIdTokenException.class, () -> owner.await(pending));
        observer.log(problem);
        assertThat(problem).hasMessage("The ID token for client 'home' " + message.formatted(Wire.url("home"))
                + ". The tokens that came with it are not used").hasNoCause();
        assertThatExceptionOfType(AuthorizationRequiredException.class).isThrownBy(owner::tokens);
        assertThat(owner.poll(pending)).isInstanceOfSatisfying(PollResult.Refused.class,
                refused -> assertThat(refused.cause()).hasMessage(problem.getMessage()));
        assertThat(signIn("home", owner).identity()).isPresent();
    }

    @Test
    @DisplayName("by a new key of the server is checked after the keys were read again, once")
    void rotation() {
        signIn("rotating", rotating);
        signIn("rotating", rotating);
        assertThat(Wire.counter("rotating", "jwks_requests")).isEqualTo(1);
        Wire.script("rotating", "rotate_signing_key");
        signIn("rotating", rotating);
        signIn("rotating", rotating);
        assertThat(Wire.counter("rotating", "jwks_requests")).isEqualTo(2);
    }

    @Test
    @DisplayName("that can't be checked yet, since the keys can't be read, waits: the tokens are not lost, and not asked for again")
    void keysLater() {
        Wire.script("flaky", "fail", "endpoint", "jwks", "status", "503");
        Wire.script("flaky", "drop_connection", "endpoint", "jwks");
        Wire.script("flaky", "answer", "endpoint", "jwks", "body", "<html>");
        assertThat(signIn("flaky", flaky).identity().orElseThrow().getSubject()).isEqualTo("carol-17");
        assertThat(Wire.counter("flaky", "jwks_requests")).isEqualTo(4);
        assertThat(Wire.counter("flaky", "token_requests")).isEqualTo(1);
        // the first time, they were asked for while the person had not decided yet
        assertThat(observer.events("flaky", "default")).containsExactly("Started", "TransientFailure", "TransientFailure",
                "Approved");
        assertThat(flaky.tokens().idToken()).isPresent();
    }

    private Tokens signIn(String server, DeviceAuthorization client) {
        Tokens tokens = client.await(start(server, client));
        observer.log(tokens);
        return tokens;
    }

    private static PendingAuthorization start(String server, DeviceAuthorization client) {
        PendingAuthorization pending = client.start(AuthorizationRequest.builder().nonce("n-0nce").build());
        Wire.script(server, "approve", "user_code", pending.userCode());
        return pending;
    }
}
