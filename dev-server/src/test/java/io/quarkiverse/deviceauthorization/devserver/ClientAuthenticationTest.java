package io.quarkiverse.deviceauthorization.devserver;

import static io.quarkiverse.deviceauthorization.devserver.Answers.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientAuthenticationTest {

    private static final String ID = "a client:1";
    private static final String SECRET = "s+e%c:rét";

    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().client(ID, SECRET)
            .publicClient("cli").start();
    private final Http http = new Http(server);

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> withBasic(Endpoint endpoint, String pair, String... form) {
        String credentials = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return withAuthorization(endpoint, "Basic " + credentials, form);
    }

    private HttpResponse<String> withAuthorization(Endpoint endpoint, String authorization, String... form) {
        return http.send(http.request(endpoint.path()).header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(Http.form(form))));
    }

    @Test
    void acceptsBasicCredentialsThatWereFormUrlencodedFirst() {
        HttpResponse<String> response = withBasic(Endpoint.DEVICE_AUTHORIZATION, Http.encode(ID) + ":" + Http.encode(SECRET));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesBasicCredentialsThatWereNotFormUrlencoded() {
        assertError(withBasic(Endpoint.DEVICE_AUTHORIZATION, ID + ":" + SECRET), 401, "invalid_client", "");
    }

    @Test
    void acceptsCredentialsInTheBody() {
        HttpResponse<String> response = http.post("/oauth/device/code", "client_id", ID, "client_secret", SECRET);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void ignoresTheBearerHeaderThatTheOriginDocuments() {
        assertThat(withAuthorization(Endpoint.DEVICE_AUTHORIZATION, "Bearer abc", "client_id", "cli").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(value = Endpoint.class, names = { "DEVICE_AUTHORIZATION", "TOKEN", "REVOCATION" })
    void refusesWrongCredentialsEverywhere(Endpoint endpoint) {
        HttpResponse<String> response = http.post(endpoint.path(), "client_id", ID, "client_secret", "wrong");
        assertError(response, 401, "invalid_client", "The client secret is wrong");
        assertThat(response.headers().firstValue("WWW-Authenticate")).get().asString().startsWith("Basic realm=");
        assertError(http.post(endpoint.path(), "client_id", ID), 401, "invalid_client", "must authenticate with its secret");
        assertError(http.post(endpoint.path(), "client_id", "cli", "client_secret", "x"), 401, "invalid_client",
                "has no secret");
        assertError(http.post(endpoint.path(), "client_id", "other"), 401, "invalid_client", "The client is unknown");
        assertError(withAuthorization(endpoint, "Basic ***"), 401, "invalid_client", "not Base64");
        assertError(withBasic(endpoint, "no-colon"), 401, "invalid_client", "malformed");
    }

    @Test
    void refusesTwoWaysAtOnce() {
        String basic = Http.encode(ID) + ":" + Http.encode(SECRET);
        assertError(withBasic(Endpoint.DEVICE_AUTHORIZATION, basic, "client_secret", SECRET), 400, "invalid_request",
                "two ways at once");
        assertError(withBasic(Endpoint.DEVICE_AUTHORIZATION, basic, "client_id", "cli"), 400, "invalid_request",
                "not the one that authenticates");
    }

    @Test
    void takesAnyClientAsAPublicOneWhenNoneIsRegistered() {
        try (DeviceAuthorizationServer open = DeviceAuthorizationServer.start()) {
            assertThat(new Http(open).post("/oauth/device/code", "client_id", "any").statusCode()).isEqualTo(200);
        }
    }
}
