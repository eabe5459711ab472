package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.Scenario.client;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.configured;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.error;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.fixture;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.page;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.pending;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.slowDown;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.status;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.tokens;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Base64;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;

@DisplayName("RFC 8628 §3.4, §3.5 and §4, the token request and the metadata")
class Rfc8628PollingTest {

    @Test
    @DisplayName("R13: a poll is grant_type, device_code and the client_id of a public client, and nothing else")
    void whatAPollIs() {
        Scenario scenario = client("scopes", "openid").answering(codes());

        scenario.signIn().advance(5);

        assertThat(scenario.sent(1).endpoint()).hasToString("https://login.example.com/token");
        assertThat(scenario.sent(1).body()).isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                + "&device_code=the-device-code&client_id=tv");
    }

    @Test
    @DisplayName("R14: a client with a secret authenticates on each poll")
    void authenticatesOnEachPoll() {
        Scenario scenario = client("credentials.secret", "s3cret").answering(codes());

        scenario.signIn().advance(15);

        assertThat(scenario.sent()).hasSize(4).extracting(request -> request.header("Authorization"))
                .containsOnly("Basic " + Base64.getEncoder().encodeToString("tv:s3cret".getBytes()));
    }

    @Test
    @DisplayName("R15: the interval is waited before each poll, the first one too, and counts from the last answer")
    void waitsBeforeEachPoll() {
        Scenario scenario = client().answering(codes("\"interval\":7"), pending().after(3), pending());

        scenario.signIn().advance(25);

        assertThat(scenario.polls()).containsExactly(7.0, 17.0, 24.0);
    }

    @Test
    @DisplayName("R16: slow_down adds 5 s for good: 5, 10, 15, and still 15 after a plain pending")
    void slowDownStays() {
        Scenario scenario = client().answering(codes(), slowDown(), slowDown(), pending(), pending());

        scenario.signIn().advance(60);

        assertThat(scenario.polls()).containsExactly(5.0, 15.0, 30.0, 45.0, 60.0);
        assertThat(scenario.events(SlowedDown.class)).extracting(SlowedDown::interval)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @DisplayName("R17: any other error code ends the polling, also one that nobody knows")
    @CsvSource({ "access_denied", "expired_token", "invalid_grant", "made_up_by_somebody" })
    void otherErrorsEndIt(String code) {
        Scenario scenario = client().answering(codes(), pending(), error(code));

        scenario.signIn().advance(3600);

        assertThat(scenario.polls()).containsExactly(5.0, 10.0);
        assertThat(scenario.refusal()).isInstanceOfSatisfying(DeviceAuthorizationException.class,
                refusal -> assertThat(refusal.error()).contains(code));
        assertThat(scenario.time.timers()).as("timers").isZero();
    }

    @Test
    @DisplayName("R18: codes that expire end the flow, and no other one is started without the person")
    void noFlowAfterAnExpiredOne() {
        Scenario told = client().answering(codes(), error("expired_token"));
        Scenario untold = client().answering(codes());

        told.signIn().advance(7200);
        untold.signIn().advance(7200);

        assertThat(told.refusal()).isInstanceOf(DeviceCodeExpiredException.class)
                .hasMessage("Nobody approved the sign-in for the default client before its code expired. Start a new one when"
                        + " the person asks for it");
        assertThat(untold.refusal()).isInstanceOf(DeviceCodeExpiredException.class);
        assertThat(told.starts()).hasSize(1);
        assertThat(untold.starts()).hasSize(1);
        assertThat(untold.polls().get(untold.polls().size() - 1)).as("the last poll").isEqualTo(899.0);
    }

    @Test
    @DisplayName("R19: while the server can't be asked, the wait doubles, and the approved flow survives all of it")
    void backsOffAndSurvives() {
        Scenario scenario = client().answering(codes(), unreachable(), page(502), status(429), fixture("server-error"),
                pending(), tokens("1"));

        scenario.signIn().advance(200);

        assertThat(scenario.polls()).containsExactly(5.0, 15.0, 35.0, 75.0, 135.0, 140.0);
        assertThat(scenario.events(TransientFailure.class)).extracting(TransientFailure::failures).containsExactly(1, 2, 3, 4);
        assertThat(scenario.granted().accessToken().value()).isEqualTo("access-1");
    }

    @Test
    @DisplayName("R20: endpoints come from the metadata, at the OpenID or else at the RFC 8414 location")
    void endpointsFromMetadata() {
        Scenario openId = keycloak().answering(fixture("keycloak-metadata"), codes());
        Scenario oauth = keycloak().answering(status(404), fixture("keycloak-metadata"), codes());

        openId.signIn().advance(5);
        oauth.signIn().advance(5);

        assertThat(openId.sent()).extracting(request -> request.endpoint().toString()).containsExactly(
                "https://keycloak.example.com/realms/tv/.well-known/openid-configuration",
                "https://keycloak.example.com/realms/tv/protocol/openid-connect/auth/device",
                "https://keycloak.example.com/realms/tv/protocol/openid-connect/token");
        assertThat(oauth.sent(1).endpoint())
                .hasToString("https://keycloak.example.com/.well-known/oauth-authorization-server/realms/tv");
        assertThat(oauth.sent(2).endpoint()).isEqualTo(openId.sent(1).endpoint());
    }

    @Test
    @DisplayName("R20: metadata without a device_authorization_endpoint say that the grant is to be switched on")
    void metadataWithoutTheEndpoint() {
        Scenario scenario = keycloak().answering(ServerAnswer.json(200,
                "{\"issuer\":\"https://keycloak.example.com/realms/tv\",\"token_endpoint\":\"https://keycloak.example.com/t\"}"));

        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(scenario::start)
                .withMessageContaining("doesn't name a usable device_authorization_endpoint in its metadata. Switch the device"
                        + " authorization grant on there");
    }

    private static Scenario keycloak() {
        return configured("client-id", "tv", "auth-server-url", "https://keycloak.example.com/realms/tv");
    }
}
