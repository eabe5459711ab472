package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** What Google, GitHub and Keycloak answer, as their documentation and their servers have it. */
class ProviderBehaviourTest {

    private final VirtualClock clock = new VirtualClock();
    private DeviceAuthorizationServer server;
    private Http http;

    private void answerLike(Behaviour behaviour) {
        server = DeviceAuthorizationServer.builder().behaviour(behaviour).clock(clock).publicClient("cli")
                .client("tv", "secret").unauthorizedClient("web").start();
        http = new Http(server);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> accepting(String accept, String path, String... form) {
        return http.send(http.request(path).header("Accept", accept)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(Http.form(form))));
    }

    private JsonNode githubFlow() {
        return Http.json(accepting("application/json", "/oauth/device/code", "client_id", "cli", "scope", "repo gist"));
    }

    private HttpResponse<String> githubPoll(JsonNode flow) {
        return accepting("application/json", "/oauth/token", "client_id", "cli", "grant_type", Http.DEVICE_CODE_GRANT,
                "device_code", flow.get("device_code").asText());
    }

    @Test
    void googleNamesAVerificationUrl() {
        answerLike(Behaviour.GOOGLE);
        JsonNode flow = http.start("openid");
        assertThat(flow.fieldNames()).toIterable().containsExactlyInAnyOrder("device_code", "user_code", "verification_url",
                "expires_in", "interval");
        assertThat(flow.get("verification_url").asText()).isEqualTo(server.issuer() + "/activate");
    }

    @Test
    void googleAnswersPolls428And403() {
        answerLike(Behaviour.GOOGLE);
        JsonNode flow = http.start("openid");
        clock.advanceSeconds(5);
        assertError(http.poll(flow), 428, "authorization_pending", "Precondition Required");
        assertError(http.poll(flow), 403, "slow_down", "Forbidden");
        assertThat(Http.json(http.poll(flow)).has("interval")).isFalse();
        server.script().deny();
        assertError(http.poll(flow), 403, "access_denied", "Forbidden");
        assertError(http.post("/oauth/token", "client_id", "tv", "client_secret", "x"), 401, "invalid_client", "");
    }

    @Test
    void googleGivesARefreshTokenUnaskedAndKeepsIt() {
        answerLike(Behaviour.GOOGLE);
        server.script().approve("alice");
        JsonNode tokens = Http.json(http.poll(http.start("openid email")));
        assertThat(tokens.get("access_token").asText()).startsWith("ya29.").doesNotContain("eyJ");
        assertThat(http.hello(tokens.get("access_token").asText()).statusCode()).isEqualTo(200);
        assertThat(Http.json(http.refresh(tokens.get("refresh_token").asText())).has("refresh_token")).isFalse();
        assertThat(http.refresh(tokens.get("refresh_token").asText()).statusCode()).isEqualTo(200);
    }

    @Test
    void githubAnswersInFormUnlessJsonIsAccepted() {
        answerLike(Behaviour.GITHUB);
        HttpResponse<String> flow = http.post("/oauth/device/code", "client_id", "cli", "scope", "repo");
        assertThat(flow.headers().firstValue("Content-Type")).get().asString()
                .startsWith("application/x-www-form-urlencoded");
        assertThat(flow.body()).matches("device_code=[\\w-]{43}&user_code=[A-Z-]{9}&verification_uri=http%3A%2F%2Flocalhost%3A"
                + server.port() + "%2Factivate&expires_in=300&interval=5");
        HttpResponse<String> error = http.post("/oauth/token", "client_id", "cli", "grant_type", Http.DEVICE_CODE_GRANT,
                "device_code", "x");
        assertThat(error.statusCode()).isEqualTo(200);
        assertThat(error.body()).startsWith("error=incorrect_device_code&error_description=The+device+code+is+unknown");
        assertThat(githubFlow().has("user_code")).isTrue();
    }

    @Test
    void githubAnswersErrorsWithStatus200AndCodesOfItsOwn() {
        answerLike(Behaviour.GITHUB);
        JsonNode flow = githubFlow();
        clock.advanceSeconds(5);
        assertError(githubPoll(flow), 200, "authorization_pending", "");
        assertThat(Http.json(githubPoll(flow)).get("interval").asInt()).isEqualTo(10);
        assertError(accepting("application/json", "/oauth/token", "client_id", "tv", "client_secret", "x"), 200,
                "incorrect_client_credentials", "");
        assertError(accepting("application/json", "/oauth/device/code", "client_id", "web"), 200, "device_flow_disabled", "");
        server.script().expire();
        clock.advanceSeconds(15);
        assertError(githubPoll(flow), 200, "expired_token", "");
    }

    @Test
    void githubGivesAnAccessTokenAloneThatNeverExpires() {
        answerLike(Behaviour.GITHUB);
        server.script().approve("alice");
        JsonNode tokens = Http.json(githubPoll(githubFlow()));
        assertThat(tokens.fieldNames()).toIterable().containsExactlyInAnyOrder("access_token", "token_type", "scope");
        assertThat(tokens.get("access_token").asText()).startsWith("gho_");
        assertThat(tokens.get("token_type").asText()).isEqualTo("bearer");
        assertThat(tokens.get("scope").asText()).isEqualTo("repo,gist");
        clock.advanceSeconds(1_000_000);
        assertThat(http.hello(tokens.get("access_token").asText()).statusCode()).isEqualTo(200);
    }

    @Test
    void keycloakHasItsOwnTextsAndCodes() {
        answerLike(Behaviour.KEYCLOAK);
        JsonNode flow = http.start("openid");
        clock.advanceSeconds(5);
        assertError(http.poll(flow), 400, "authorization_pending", "The authorization request is still pending");
        assertError(http.poll(flow), 400, "slow_down", "Slow down");
        clock.advanceSeconds(300);
        assertError(http.poll(flow), 400, "expired_token", "Device code is expired");
        JsonNode denied = http.start("openid");
        server.script().deny();
        assertError(http.poll(denied), 400, "access_denied", "The end user denied the authorization request");
        assertError(http.post("/oauth/token", "client_id", "tv", "client_secret", "x"), 401, "unauthorized_client", "");
        assertError(http.post("/oauth/token", "client_id", "other"), 401, "invalid_client", "");
        assertError(http.post("/oauth/device/code", "client_id", "web"), 400, "unauthorized_client", "");
    }

    @Test
    void keycloakAnswersWithMembersThatNoRfcKnows() {
        answerLike(Behaviour.KEYCLOAK);
        server.script().approve("alice");
        assertThat(Http.json(http.poll(http.start("openid"))).fieldNames()).toIterable().contains("refresh_token",
                "refresh_expires_in", "not-before-policy", "session_state");
    }
}
