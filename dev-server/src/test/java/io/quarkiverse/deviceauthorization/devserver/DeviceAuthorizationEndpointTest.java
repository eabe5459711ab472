package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class DeviceAuthorizationEndpointTest {

    private static final String PATH = "/oauth/device/code";

    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder()
            .interval(Duration.ofSeconds(7)).codeLifespan(Duration.ofSeconds(90))
            .scopes("openid", "a+b&c=d").audiences("https://api.example.com")
            .publicClient("cli").unauthorizedClient("web").start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersWithTheSixMembers() {
        JsonNode answer = Http.json(http.post(PATH, "client_id", "cli"));

        assertThat(answer.fieldNames()).toIterable().containsExactly("device_code", "user_code", "verification_uri",
                "verification_uri_complete", "expires_in", "interval");
        assertThat(answer.get("device_code").asText()).matches("[\\w-]{43}");
        assertThat(answer.get("user_code").asText()).matches("[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}");
        assertThat(answer.get("verification_uri").asText()).isEqualTo(server.issuer() + "/activate");
        assertThat(answer.get("verification_uri_complete").asText())
                .isEqualTo(server.issuer() + "/activate?user_code=" + answer.get("user_code").asText());
        assertThat(answer.get("expires_in").numberValue()).isEqualTo(90);
        assertThat(answer.get("interval").numberValue()).isEqualTo(7);
    }

    @Test
    void recordsWhatWentOverTheWire() {
        http.post(PATH, "client_id", "cli", "scope", "a+b&c=d", "resource", "https://one.example.com", "resource",
                "https://two.example.com");

        ReceivedRequest request = server.counters().requests(Endpoint.DEVICE_AUTHORIZATION).get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.parameter("scope")).contains("a+b&c=d");
        assertThat(request.form().get("resource")).isEqualTo(List.of("https://one.example.com", "https://two.example.com"));
        assertThat(request.header("Content-Type")).contains("application/x-www-form-urlencoded");
        assertThat(request.toString()).isEqualTo("POST /oauth/device/code [client_id, scope, resource]");
        assertThat(server.counters().deviceAuthorizationRequests()).isEqualTo(1);
    }

    @Test
    void wantsAForm() {
        assertError(http.send(http.request(PATH).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"client_id\":\"cli\"}"))), 400, "invalid_request",
                "The body must be application/x-www-form-urlencoded");
        assertError(http.send(http.request(PATH).POST(BodyPublishers.ofString("client_id=cli"))), 400, "invalid_request",
                "The body must be application/x-www-form-urlencoded");
        assertError(http.send(http.request(PATH).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("client_id=%zz"))), 400, "invalid_request", "not form-urlencoded");
    }

    @Test
    void readsNoParametersFromTheQuery() {
        assertError(http.post(PATH + "?client_id=cli", "scope", "openid"), 400, "invalid_request", "client_id is missing");
    }

    @Test
    void wantsAClientId() {
        assertError(http.post(PATH, "scope", "openid"), 400, "invalid_request", "The parameter client_id is missing");
        assertError(http.post(PATH, "client_id", ""), 400, "invalid_request", "The parameter client_id is missing");
    }

    @Test
    void refusesParametersThatRepeat() {
        assertError(http.post(PATH, "client_id", "cli", "client_id", "cli"), 400, "invalid_request",
                "The parameter client_id is sent more than once");
    }

    @Test
    void refusesClientsWithoutTheGrant() {
        assertError(http.post(PATH, "client_id", "web"), 400, "unauthorized_client",
                "The client may not use the device authorization grant");
    }

    @Test
    void refusesUnknownAudiences() {
        assertError(http.post(PATH, "client_id", "cli", "audience", "https://other.example.com"), 400, "access_denied",
                "The client may not access the audience https://other.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = { "openid admin", "öffentlich", "open\"id", "openid  a+b&c=d" })
    void refusesScopesThatAreUnknownOrMalformed(String scope) {
        assertError(http.post(PATH, "client_id", "cli", "scope", scope), 400, "invalid_scope", "The scope ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "api", "https://api.example.com#part", "https://api example" })
    void refusesResourcesThatAreNoAbsoluteUri(String resource) {
        assertError(http.post(PATH, "client_id", "cli", "resource", resource), 400, "invalid_target", "The resource ");
    }
}
