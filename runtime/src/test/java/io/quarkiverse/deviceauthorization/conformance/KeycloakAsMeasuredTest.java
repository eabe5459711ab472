package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.Scenario.configured;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.done;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.fixture;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.pending;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.InvalidGrantException;
import io.quarkiverse.deviceauthorization.InvalidRequestException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.runtime.endpoint.EndpointProbe;

/** What Keycloak 26.7.3 was seen to do, and what the client makes of it. */
@DisplayName("Keycloak as it was measured")
class KeycloakAsMeasuredTest {

    private static final String REALM = "https://keycloak.example.com/realms/tv";
    private static final String DEVICE = REALM + "/protocol/openid-connect/auth/device";
    private static final String TOKEN = REALM + "/protocol/openid-connect/token";

    @Test
    @DisplayName("K1: its device authorization response names an interval of its own, which is kept")
    void deviceRequest() {
        Scenario scenario = discovered().answering(fixture("keycloak-device"), fixture("keycloak-pending"));

        scenario.signIn().advance(6);

        assertThat(scenario.polls()).containsExactly(2.0, 4.0, 6.0);
        assertThat(scenario.flow().userCode()).isEqualTo("FTDJ-WZPX");
        assertThat(scenario.flow().verificationUriComplete()).hasValueSatisfying(
                uri -> assertThat(uri).hasToString(REALM + "/device?user_code=FTDJ-WZPX"));
    }

    @Test
    @DisplayName("K2: codes that have expired are expired_token at first and invalid_grant later: both end the flow")
    void expired() {
        Scenario first = discovered().answering(codes(), fixture("keycloak-expired"));
        Scenario later = discovered().answering(codes(), fixture("keycloak-gone"));

        assertThat(first.signIn().advance(5).refusal()).isInstanceOf(DeviceCodeExpiredException.class);
        assertThat(later.signIn().advance(5).refusal()).isInstanceOf(InvalidGrantException.class);
    }

    @ParameterizedTest
    @DisplayName("K3: a wrong secret is unauthorized_client, an unknown client invalid_client, both 401: the message names what to check")
    @CsvSource(delimiter = '|', value = { "keycloak-secret | UnauthorizedClientException | the secret is wrong or missing",
            "keycloak-client | InvalidClientException | the realm has no such client" })
    void wrongClient(String fixture, String type, String cure) {
        Scenario scenario = discovered("provider", "keycloak", "credentials.secret", "wrong").answering(fixture(fixture));

        assertThatExceptionOfType(DeviceAuthorizationException.class).isThrownBy(scenario::start)
                .withMessageContaining(cure).satisfies(refusal -> {
                    assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
                    assertThat(refusal.status()).hasValue(401);
                });
    }

    @ParameterizedTest
    @DisplayName("K4: a client without the grant is unauthorized_client or invalid_grant: the message says where to switch it on")
    @CsvSource({ "keycloak-off", "keycloak-off-2" })
    void grantIsOff(String fixture) {
        Scenario scenario = discovered("provider", "keycloak").answering(fixture(fixture));

        assertThatExceptionOfType(DeviceAuthorizationException.class).isThrownBy(scenario::start)
                .withMessageContaining("tick \"OAuth 2.0 Device Authorization Grant\"");
    }

    @Test
    @DisplayName("K5: a code is good for one success: after it, the client doesn't send it again")
    void codeIsSpent() {
        Scenario scenario = discovered().answering(codes(), tokens("1"), fixture("keycloak-gone"));

        scenario.signIn().advance(1000);

        assertThat(scenario.polls()).containsExactly(5.0);
        assertThat(scenario.await().granted().accessToken().value()).as("who asks later").isEqualTo("access-1");
        assertThat(scenario.polls()).hasSize(1);
    }

    @Test
    @DisplayName("K6: its tokens come with members that no standard knows, one with a hyphen, and an ID token whose claims are checked")
    void tokensWithMembers() {
        Scenario scenario = withoutMetadata().answering(codes(), fixture("keycloak-token"));

        Tokens tokens = scenario.signIn().advance(5).granted();

        assertThat(tokens.parameters()).containsOnlyKeys("refresh_expires_in", "not-before-policy", "session_state");
        assertThat(tokens.expiresAt()).contains(Scenario.BEGINNING.plusSeconds(305));
        assertThat(tokens.scopes()).containsExactly("openid", "profile");
        assertThat(tokens.identity()).hasValueSatisfying(identity -> {
            assertThat(identity.getSubject()).isEqualTo("00000000-0000-0000-0000-00000000fa4e");
            assertThat(identity.getIssuer()).isEqualTo(REALM);
            assertThat(identity.getAudience()).containsExactly("tv");
        });
    }

    @Test
    @DisplayName("K7: an assertion names the token endpoint also at the device endpoint, and none is used twice")
    void assertions() throws InvalidJwtException {
        Scenario scenario = discovered("credentials.secret", "a secret of at least 32 characters", "credentials.method",
                "post-jwt").answering(codes());
        scenario.signIn().advance(10);

        JwtConsumer reader = new JwtConsumerBuilder().setSkipSignatureVerification().setSkipAllValidators().build();
        Set<String> ids = new HashSet<>();
        List<String> audiences = new ArrayList<>();
        for (SentRequest request : scenario.sent().subList(1, 4)) {
            JwtClaims claims = reader.processToClaims(request.value("client_assertion"));
            ids.add(claims.getClaimValueAsString("jti"));
            audiences.add(claims.getClaimValueAsString("aud"));
        }
        assertThat(scenario.sent(1).endpoint()).hasToString(DEVICE);
        assertThat(audiences).containsOnly(TOKEN);
        assertThat(ids).hasSize(3);
    }

    @Test
    @DisplayName("K8: it ignores a DPoP proof at the device endpoint and demands one at the token endpoint: both get one")
    void dpop() {
        Scenario off = discovered("provider", "keycloak").answering(codes(), fixture("keycloak-dpop-missing"));
        assertThat(off.signIn().advance(5).refusal()).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Set dpop to true");

        Scenario on = discovered("dpop", "true").answering(codes());
        on.signIn().advance(5);
        assertThat(on.sent().subList(1, 3)).allSatisfy(request -> assertThat(request.header("DPoP")).isNotBlank());
    }

    @ParameterizedTest
    @DisplayName("K9: client_id twice is refused: it is sent once at most, however the client authenticates")
    @CsvSource({ "none", "basic", "post", "post-jwt" })
    void clientIdOnce(String method) {
        Scenario scenario = (method.equals("none") ? discovered()
                : discovered("credentials.secret", "a secret of at least 32 characters", "credentials.method", method))
                .answering(codes(), tokens("1"), tokens("2"), fixture("keycloak-revoked"));
        scenario.signIn().advance(5).granted();
        scenario.advance(3600);
        done(scenario.tokens());
        scenario.signOut();

        assertThat(scenario.sent().subList(1, 5)).allSatisfy(request -> assertThat(Arrays.stream(request.body().split("&"))
                .filter(field -> field.startsWith("client_id=")).count()).isEqualTo(method.equals("basic") ? 0 : 1));
    }

    @Test
    @DisplayName("K10: a GET on the device endpoint is answered by a page for people: the health check takes that for well")
    void page() {
        Scenario scenario = withoutMetadata().answering(fixture("keycloak-device-page"));

        EndpointProbe.Result result = done(scenario.server.probe().probe());

        assertThat(result.up()).as("%s", result.problem()).isTrue();
        assertThat(scenario.sent()).extracting(SentRequest::method).containsExactly("GET");
    }

    @Test
    @DisplayName("K11: its revocation endpoint answers 200 without a body: the tokens are forgotten then")
    void revocation() {
        Scenario scenario = discovered().answering(codes(), tokens("1"), fixture("keycloak-revoked"));
        scenario.signIn().advance(5).granted();

        scenario.signOut();

        assertThat(scenario.last().endpoint()).hasToString(REALM + "/protocol/openid-connect/revoke");
        assertThat(scenario.events(SignedOut.class)).hasSize(1);
        assertThat(done(scenario.store.findTokens("<default>", Scenario.OWNER))).isEmpty();
    }

    @Test
    @DisplayName("K12: its issuer follows the host of the request: metadata are asked for at the configured issuer, and no other is taken")
    void issuer() {
        Scenario right = discovered().answering(codes());
        right.start();
        assertThat(right.sent(0).endpoint()).hasToString(REALM + "/.well-known/openid-configuration");

        Scenario wrong = configured("client-id", "tv", "auth-server-url", "https://internal.example.com/realms/tv")
                .answering(fixture("keycloak-metadata"));
        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(wrong::start)
                .withMessageContaining("says that it is '" + REALM + "', which is not"
                        + " quarkus.device-authorization.auth-server-url ('https://internal.example.com/realms/tv')");
    }

    @Test
    @DisplayName("K13: a person who cancels on the code page tells the client nothing: it polls until the codes end")
    void cancelledPage() {
        Scenario scenario = discovered().answering(fixture("keycloak-device"), pending());

        scenario.signIn().advance(598).stillWaits();
        assertThat(scenario.advance(10).refusal()).isInstanceOf(DeviceCodeExpiredException.class);

        assertThat(scenario.polls()).hasSizeBetween(298, 300);
    }

    /** A client of the realm, whose metadata have been asked for first. */
    private static Scenario discovered(String... more) {
        List<String> settings = new ArrayList<>(List.of("client-id", "tv", "auth-server-url", REALM));
        settings.addAll(Arrays.asList(more));
        return configured(settings.toArray(String[]::new)).answering(fixture("keycloak-metadata"));
    }

    private static Scenario withoutMetadata() {
        return configured("client-id", "tv", "auth-server-url", REALM, "device-authorization-path",
                "/protocol/openid-connect/auth/device", "token-path", "/protocol/openid-connect/token");
    }
}
