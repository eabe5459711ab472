package io.quarkiverse.deviceauthorization.devserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

@DisplayName("Microsoft, Okta, GitLab, Dex and Twitch differ from the RFCs by a few rows of a table")
class ProviderTableTest {

    private static final String PENDING = "pending";
    private static final String DENIED = "denied";
    private static final String EXPIRED = "expired";
    private static final String UNKNOWN = "unknown code";

    private final VirtualClock clock = new VirtualClock();
    private DeviceAuthorizationServer server;
    private Http http;

    private void answerLike(Behaviour behaviour) {
        server = DeviceAuthorizationServer.builder().behaviour(behaviour).clock(clock).publicClient("cli")
                .client("tv", "secret").start();
        http = new Http(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> pollWhen(String what) {
        JsonNode flow = http.start("openid");
        switch (what) {
            case DENIED -> server.script().deny();
            case EXPIRED -> server.script().expire();
            case UNKNOWN -> server.script().reset();
            default -> {
            }
        }
        clock.advanceSeconds(20);
        return http.poll(flow);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "MICROSOFT | pending      | 400 | \"error\":\"authorization_pending\",\"error_description\":\"AADSTS70016: ",
            "MICROSOFT | pending      | 400 | \"error_codes\":[70016],\"timestamp\":",
            "MICROSOFT | denied       | 400 | \"error\":\"authorization_declined\"",
            "MICROSOFT | expired      | 400 | \"error\":\"expired_token\"",
            "MICROSOFT | unknown code | 400 | \"error\":\"bad_verification_code\"",
            "OKTA      | pending      | 400 | The device authorization is pending. Please try again later.",
            "OKTA      | denied       | 400 | \"error\":\"access_denied\"",
            "GITLAB    | pending      | 400 | \"error\":\"authorization_pending\"",
            "GITLAB    | unknown code | 400 | \"error\":\"invalid_grant\"",
            "DEX       | pending      | 401 | {\"error\":\"authorization_pending\"}",
            "DEX       | expired      | 400 | {\"error\":\"expired_token\"}",
            "TWITCH    | pending      | 400 | {\"status\":400,\"message\":\"authorization_pending\"}",
            "TWITCH    | expired      | 400 | {\"status\":400,\"message\":\"invalid device code\"}",
            "TWITCH    | unknown code | 400 | {\"status\":400,\"message\":\"invalid device code\"}" })
    void aPollIsRefusedInTheProvidersWay(Behaviour behaviour, String when, int status, String body) {
        answerLike(behaviour);

        HttpResponse<String> response = pollWhen(when);

        assertThat(response.body()).contains(body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void microsoftSaysWhatToDoAndHasNoCompleteUri() {
        answerLike(Behaviour.MICROSOFT);

        JsonNode flow = http.start("openid");

        assertThat(flow.has("verification_uri_complete")).isFalse();
        assertThat(flow.get("message").asText()).isEqualTo("To sign in, use a web browser to open the page " + server.issuer()
                + "/activate and enter the code " + flow.get("user_code").asText() + " to authenticate.");
        assertThat(Http.json(pollWhen(PENDING)).get("error_description").asText()).contains("\r\nTrace ID: ");
    }

    @Test
    void twitchPutsTheCodeIntoTheVerificationUriAndTakesScopesInThePlural() {
        answerLike(Behaviour.TWITCH);

        JsonNode flow = Http.json(http.post("/oauth/device/code", "client_id", "cli", "scopes", "channel:read user:read"));
        server.script().approve("alice");

        assertThat(flow.get("verification_uri").asText()).endsWith("/activate?user_code=" + flow.get("user_code").asText());
        assertThat(flow.has("verification_uri_complete")).isFalse();
        JsonNode tokens = Http.json(http.poll(flow));
        assertThat(tokens.get("scope").toString()).isEqualTo("[\"channel:read\",\"user:read\"]");
        assertThat(tokens.get("token_type").asText()).isEqualTo("bearer");
        assertThat(tokens.get("refresh_token").asText()).isNotEmpty();
    }

    @Test
    void twitchRefusesAWrongSecretWith403AndAnUnknownClientWith400() {
        answerLike(Behaviour.TWITCH);

        HttpResponse<String> secret = http.post("/oauth/device/code", "client_id", "tv", "client_secret", "x");
        HttpResponse<String> client = http.post("/oauth/device/code", "client_id", "other");

        assertThat(secret.body()).isEqualTo("{\"status\":403,\"message\":\"invalid client secret\"}");
        assertThat(secret.statusCode()).isEqualTo(403);
        assertThat(client.body()).isEqualTo("{\"status\":400,\"message\":\"invalid client\"}");
        assertThat(client.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({ "MICROSOFT, ext_expires_in, false", "OKTA, id_token, false", "GITLAB, created_at, true",
            "DEX, id_token, false", "TWITCH, id_token, true" })
    void tokensHaveTheProvidersMembers(Behaviour behaviour, String member, boolean opaqueAndRefreshable) {
        answerLike(behaviour);
        server.script().approve("alice");

        JsonNode tokens = Http.json(http.poll(http.start("openid")));

        assertThat(tokens.has(member)).isTrue();
        assertThat(tokens.has("refresh_token")).isEqualTo(opaqueAndRefreshable);
        assertThat(tokens.get("access_token").asText().startsWith("eyJ")).isNotEqualTo(opaqueAndRefreshable);
    }

    @ParameterizedTest
    @EnumSource
    void whateverTheProviderAnApprovedPersonGetsTokensThatAreGood(Behaviour behaviour) {
        answerLike(behaviour);
        server.script().approve("bob");

        HttpResponse<String> tokens = http.send(http.request("/oauth/token").header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Http.form("grant_type", Http.DEVICE_CODE_GRANT,
                        "client_id", "cli", "device_code", deviceCode()))));

        assertThat(http.hello(Http.json(tokens).get("access_token").asText()).body()).contains("bob");
    }

    private String deviceCode() {
        return Http.json(http.send(http.request("/oauth/device/code").header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Http.form("client_id", "cli", "scope", "openid",
                        "audience", "https://api.example.com")))))
                .get("device_code").asText();
    }
}
