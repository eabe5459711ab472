package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.Scenario.client;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;

@DisplayName("RFC 8628 §3.2, the device authorization response")
class Rfc8628ResponseTest {

    private static final Map<String, String> REQUIRED = Map.of("device_code", "\"the-device-code\"", "user_code",
            "\"WDJB-MJHT\"", "verification_uri", "\"https://login.example.com/activate\"", "expires_in", "900");

    @ParameterizedTest
    @DisplayName("R7: a required member that is missing is named, and there is no flow")
    @ValueSource(strings = { "device_code", "user_code", "verification_uri", "expires_in" })
    void namesWhatIsMissing(String member) {
        Map<String, String> others = new TreeMap<>(REQUIRED);
        others.remove(member);
        Scenario scenario = client().answering(json(200, others.entrySet().stream()
                .map(present -> "\"" + present.getKey() + "\":" + present.getValue())
                .collect(Collectors.joining(",", "{", "}"))));

        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(scenario::start)
                .withMessage("The device authorization response for the default client lacks " + member
                        + ", or has it in a form that is of no use. Check that the endpoint is a device authorization"
                        + " endpoint (RFC 8628 §3.2)");
        assertThat(scenario.events()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("R8: without a usable interval, the client waits 5 s before each poll")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { "absent | ``", "null | `\"interval\":null`",
            "negative | `\"interval\":-5`", "zero | `\"interval\":0`", "a text | `\"interval\":\"5\"`",
            "no number | `\"interval\":\"soon\"`" })
    void waitsFiveSeconds(String name, String interval) {
        Scenario scenario = client().answering(codes(interval));

        scenario.signIn().advance(16);

        assertThat(scenario.polls()).containsExactly(5.0, 10.0, 15.0);
    }

    @ParameterizedTest
    @DisplayName("R9: each error code comes as its type, with code, description, status, and what to do about it")
    @CsvSource(delimiter = '|', value = {
            "invalid_request | InvalidRequestException | A parameter is missing or wrong",
            "unauthorized_client | UnauthorizedClientException | Switch the device authorization grant on for this client",
            "access_denied | AccessDeniedException | Check at the provider whether this client",
            "invalid_scope | InvalidScopeException | Check quarkus.device-authorization.scopes",
            "invalid_client | InvalidClientException | Check quarkus.device-authorization.client-id" })
    void typesTheError(String code, String type, String cure) {
        Scenario scenario = client()
                .answering(json(400, "{\"error\":\"" + code + "\",\"error_description\":\"Because.\"}"));

        assertThatExceptionOfType(DeviceAuthorizationException.class).isThrownBy(scenario::start)
                .satisfies(refusal -> {
                    assertThat(refusal.getClass().getSimpleName()).isEqualTo(type);
                    assertThat(refusal.error()).contains(code);
                    assertThat(refusal.errorDescription()).contains("Because.");
                    assertThat(refusal.status()).hasValue(400);
                })
                .withMessageStartingWith("The authorization server refused to start a device authorization for the default"
                        + " client: " + code + " (Because.), HTTP status 400. " + cure);
        assertThat(scenario.sent()).as("it is not asked again").hasSize(1);
    }
}
