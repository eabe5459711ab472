package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

@DisplayName("Over the wire")
class SignInOverTheWireTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    @DeviceAuthorizationName("yoto")
    DeviceAuthorization yoto;

    @Inject
    @DeviceAuthorizationName("basic")
    DeviceAuthorization basic;

    @Inject
    @DeviceAuthorizationName("post")
    DeviceAuthorization post;

    @Inject
    @DeviceAuthorizationName("wrong-client")
    DeviceAuthorization wrongClient;

    @Inject
    @DeviceAuthorizationName("wrong-secret")
    DeviceAuthorization wrongSecret;

    @Inject
    @DeviceAuthorizationName("without-grant")
    DeviceAuthorization withoutGrant;

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = WireApplication.of(DevelopmentServers::start);
        WireApplication.client(application, "yoto", "provider", "yoto", "auth-server-url", "${wire.yoto}",
                "polling.max-backoff", "1S");
        WireApplication.client(application, "basic", "auth-server-url", "${wire.confidential}", "credentials.secret",
                "cl1ent:s3cret+ü");
        WireApplication.client(application, "post", "auth-server-url", "${wire.confidential}", "credentials.secret",
                "cl1ent:s3cret+ü",
                "credentials.method", "post");
        WireApplication.client(application, "wrong-client", "auth-server-url", "${wire.confidential}", "client-id", "nobody");
        WireApplication.client(application, "wrong-secret", "auth-server-url", "${wire.confidential}", "credentials.secret",
                "wr0ng");
        WireApplication.client(application, "without-grant", "auth-server-url", "${wire.confidential}", "client-id", "radio");
        return application;
    }

    /** What the servers had counted before the test. */
    private final Map<String, Integer> before = new HashMap<>();

    @BeforeEach
    void count() {
        for (String server : List.of("yoto", "confidential")) {
            for (String counter : List.of("device_authorization_requests", "token_requests", "revocations")) {
                before.put(server + counter, total(server, counter));
            }
        }
    }

    @Test
    @DisplayName("a person signs in at Yoto, tokens without expires_in are refreshed once each, and signing out revokes them")
    void yoto() {
        PendingAuthorization pending = yoto.start();
        script("yoto", Map.of("action", "pending"));
        script("yoto", Map.of("action", "approve"));
        Tokens first = yoto.await(pending);
        assertThat(first.expiresAt()).hasValueSatisfying(end -> assertThat(end)
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(6)));
        assertThat(first.scopes()).containsExactly("profile", "offline_access", "openid");

        Tokens second = refreshed(first);
        Tokens third = refreshed(second);
        assertThat(third.refreshToken()).isPresent().isNotEqualTo(second.refreshToken());
        assertThat(second.refreshToken()).isPresent().isNotEqualTo(first.refreshToken());
        assertThat(total("yoto", "refresh_token_reuses")).isZero();
        RestAssured.given().header("Authorization", third.authorizationHeader())
                .get(System.getProperty("wire.yoto") + "/api/hello").then().statusCode(200);

        yoto.logout();
        assertThat(since("yoto", "revocations")).isEqualTo(1);
        assertThatExceptionOfType(AuthorizationRequiredException.class).isThrownBy(yoto::tokens)
                .withMessageContaining("Nobody is signed in for client 'yoto'");
        assertThat(since("yoto", "device_authorization_requests")).isEqualTo(1);
        assertThat(total("yoto", "early_polls")).isZero();
    }

    private Tokens refreshed(Tokens old) {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).until(yoto::tokens, tokens -> !tokens.equals(old));
    }

    @Test
    @DisplayName("R16: a slow_down with status 429 makes the interval 5 s longer")
    void slowDown() {
        PendingAuthorization pending = yoto.start();
        script("yoto", Map.of("action", "slow_down"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> yoto.poll(pending),
                result -> result instanceof PollResult.Pending waiting
                        && waiting.retryAfter().compareTo(Duration.ofSeconds(5)) > 0);
        yoto.cancel(pending);
    }

    @Test
    @DisplayName("R19: a lost answer, a dropped connection and a gateway's page don't end a flow")
    void survives() {
        PendingAuthorization pending = yoto.start();
        script("yoto", Map.of("action", "lose_answer"));
        script("yoto", Map.of("action", "drop_connection"));
        script("yoto", Map.of("action", "fail", "status", "502"));
        script("yoto", Map.of("action", "approve"));
        assertThat(yoto.await(pending).refreshToken()).isPresent();
        assertThat(since("yoto", "token_requests")).isEqualTo(4);
    }

    @Test
    @DisplayName("a person who refuses, or decides too late, ends the flow with status 403")
    void deniedAndExpired() {
        PendingAuthorization denied = yoto.start();
        script("yoto", Map.of("action", "deny", "user_code", denied.userCode()));
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> yoto.await(denied))
                .withMessageContaining("The person refused to sign in for client 'yoto'")
                .satisfies(problem -> assertThat(problem.status()).hasValue(403));
        PendingAuthorization expired = yoto.start();
        script("yoto", Map.of("action", "expire", "user_code", expired.userCode()));
        assertThatExceptionOfType(DeviceCodeExpiredException.class).isThrownBy(() -> yoto.await(expired))
                .withMessageContaining("Nobody approved the sign-in for client 'yoto")
                .satisfies(problem -> assertThat(problem.status()).hasValue(403));
    }

    @Test
    @DisplayName("R3, R14: a confidential client signs in and out, with client_secret_basic as with client_secret_post")
    void confidential() {
        for (DeviceAuthorization client : new DeviceAuthorization[] { basic, post }) {
            PendingAuthorization pending = client
                    .start(AuthorizationRequest.builder().scopes("openid", "offline_access").build());
            script("confidential", Map.of("action", "approve"));
            assertThat(client.await(pending).refreshToken()).isPresent();
            client.logout();
        }
        assertThat(since("confidential", "revocations")).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            wrong-client     | InvalidClientException      | invalid_client      | 401 | Check quarkus.device-authorization."wrong-client".client-id and quarkus.device-authorization."wrong-client".credentials.secret
            wrong-secret     | InvalidClientException      | invalid_client      | 401 | Check quarkus.device-authorization."wrong-secret".client-id and quarkus.device-authorization."wrong-secret".credentials.secret
            without-grant    | UnauthorizedClientException | unauthorized_client | 400 | Switch the device authorization grant on for this client at the provider
            unknown-scope    | InvalidScopeException       | invalid_scope       | 400 | Check quarkus.device-authorization."basic".scopes against those that the provider allows for this client
            unknown-audience | AccessDeniedException       | access_denied       | 400 | Check at the provider whether this client, or this scope and audience, is allowed
            no-audience      | InvalidRequestException     | invalid_request     | 400 | Leave audience to the preset, or set it to https://api.yotoplay.com
            """)
    @DisplayName("R9: a refusal comes as its type, with code, description, status, and what to do about it")
    void refusal(String what, String type, String error, int status, String message) {
        DeviceAuthorizationException problem = catchThrowableOfType(DeviceAuthorizationException.class, () -> refused(what));
        assertThat(problem).isNotNull().hasMessageContaining(message).hasNoCause();
        assertThat(problem.getClass().getSimpleName()).isEqualTo(type);
        assertThat(problem.error()).contains(error);
        assertThat(problem.errorDescription()).isPresent();
        assertThat(problem.status()).hasValue(status);
        assertThat(problem.getMessage()).contains(problem.errorDescription().get()).doesNotContain("wr0ng", "s3cret");
    }

    private void refused(String what) {
        switch (what) {
            case "wrong-client" -> wrongClient.start();
            case "wrong-secret" -> wrongSecret.start();
            case "without-grant" -> withoutGrant.start();
            case "unknown-scope" -> basic.start(AuthorizationRequest.builder().scopes("everything").build());
            case "unknown-audience" -> basic.start(AuthorizationRequest.builder().audience("https://other.example").build());
            default -> yoto.start(AuthorizationRequest.builder().audience("").build());
        }
    }

    private static void script(String server, Map<String, String> form) {
        RestAssured.given().formParams(form).post(System.getProperty("wire." + server) + "/dev/script").then().statusCode(200);
    }

    private int since(String server, String counter) {
        return total(server, counter) - before.get(server + counter);
    }

    private static int total(String server, String counter) {
        return RestAssured.get(System.getProperty("wire." + server) + "/dev/script").jsonPath().getInt("counters." + counter);
    }
}
