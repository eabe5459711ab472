package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.Scenario.client;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.configured;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.done;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.error;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.json;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.status;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;

@DisplayName("RFC 8628 §3.1, the device authorization request")
class Rfc8628RequestTest {

    @Test
    @DisplayName("R1: it is a POST of a form in UTF-8, from which each value can be read again as it was")
    void isAForm() {
        Scenario scenario = client("scopes", "a+b,c&d=e,naïve,日本").answering(codes());

        scenario.start();

        SentRequest request = scenario.sent(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.endpoint()).isEqualTo(URI.create("https://login.example.com/device"));
        assertThat(request.format()).isEqualTo(Format.FORM);
        assertThat(request.body()).as("only what a form may have").matches("[A-Za-z0-9_.*+%&=-]+");
        assertThat(request.value("scope")).isEqualTo("a+b c&d=e naïve 日本");
    }

    @Test
    @DisplayName("R2: a public client is named by client_id, and where no scope is set, there is no scope member at all")
    void namesThePublicClient() {
        Scenario scenario = client().answering(codes());

        scenario.start();

        assertThat(scenario.sent(0).body()).isEqualTo("client_id=tv");
        assertThat(scenario.sent(0).headers()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("R3: the client authenticates alike on the device authorization request and on each token request")
    @CsvSource({ "basic", "post", "post-jwt", "private key" })
    void authenticatesAlike(String method) throws Exception {
        Scenario scenario = method.equals("private key") ? client("credentials.jwt.key", privateKey())
                : client("credentials.secret", "a secret of at least 32 characters", "credentials.method", method);
        scenario.answering(codes(), ServerAnswer.pending(), tokens("1"), tokens("2"), status(200));

        scenario.signIn().advance(11).granted();
        scenario.advance(3600);
        done(scenario.tokens());
        scenario.signOut();

        assertThat(scenario.sent()).hasSize(5).allSatisfy(request -> {
            switch (method) {
                case "basic" -> {
                    assertThat(request.header("Authorization")).isEqualTo("Basic " + Base64.getEncoder()
                            .encodeToString("tv:a+secret+of+at+least+32+characters".getBytes()));
                    assertThat(request.form()).doesNotContainKeys("client_id", "client_secret");
                }
                case "post" -> assertThat(request.form()).containsEntry("client_id", List.of("tv"))
                        .containsEntry("client_secret", List.of("a secret of at least 32 characters"));
                default -> assertThat(request.form()).doesNotContainKey("client_secret").containsKey("client_assertion")
                        .containsEntry("client_assertion_type",
                                List.of("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            }
        });
    }

    static String privateKey() throws Exception {
        return EcJwkGenerator.generateJwk(EllipticCurves.P256).toJson(OutputControlLevel.INCLUDE_PRIVATE);
    }

    @Test
    @DisplayName("R4: nothing is sent in the clear: an endpoint without TLS is not used, though the metadata name it")
    void nothingInTheClear() {
        Scenario scenario = configured("client-id", "tv", "auth-server-url", "https://login.example.com")
                .answering(json(200, "{\"issuer\":\"https://login.example.com\","
                        + "\"device_authorization_endpoint\":\"http://login.example.com/device\","
                        + "\"token_endpoint\":\"https://login.example.com/token\"}"));

        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(scenario::start)
                .withMessage("The authorization server of the default client doesn't name a usable"
                        + " device_authorization_endpoint in its metadata. Switch the device authorization grant on there, or"
                        + " set quarkus.device-authorization.device-authorization-path");
        assertThat(scenario.sent()).extracting(SentRequest::method).containsExactly("GET");
    }

    @Test
    @DisplayName("R5: a parameter without a value is left out, and none is sent twice but resource")
    void oneValueEach() {
        Scenario scenario = client("scopes", "openid", "extra-params.prompt", "consent", "extra-params.acr_values", "high",
                "resources", "https://a.example.com,https://b.example.com").answering(codes());

        scenario.start(AuthorizationRequest.builder().scopes("profile").parameter("prompt", "").parameter("acr_values", "low")
                .audience("").build());

        assertThat(scenario.sent(0).form()).isEqualTo(Map.of("scope", List.of("profile"), "acr_values", List.of("low"),
                "resource", List.of("https://a.example.com", "https://b.example.com"), "client_id", List.of("tv")));
    }

    @Test
    @DisplayName("R6: no flow starts when the application does, by a health check, or because another one failed or expired")
    void startsOnlyWhenAsked() {
        Scenario scenario = client();
        assertThat(scenario.advance(3600).sent()).as("at start-up").isEmpty();

        scenario.answering(status(405));
        done(scenario.server.probe().probe());
        assertThat(scenario.sent()).as("by a health check").extracting(SentRequest::method).containsExactly("GET");

        scenario.answering(codes(), tokens("1"), error("invalid_grant"));
        scenario.signIn().advance(5).granted();
        scenario.advance(3600);
        assertThatExceptionOfType(AuthorizationRequiredException.class).isThrownBy(() -> done(scenario.tokens()))
                .withMessageContaining("Ask the person to sign in again");

        scenario.answering(codes(), error("expired_token"));
        scenario.signIn().advance(3600).refusal();

        assertThat(scenario.starts()).as("only those that were asked for").hasSize(2);
    }
}
