package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

@DisplayName("What a server says about a request")
class SecrecyTest {

    private final RecordingApi api = new RecordingApi();

    @Test
    @DisplayName("R11: doesn't hold the device code or the client secret, even if the server quotes them")
    void quotedDeviceCode() {
        api.answering(400, "application/json", "{\"error\":\"invalid_grant\",\"error_description\":\"No code c0de+1 for"
                + " s3cret/2\",\"error_uri\":\"https://docs.example/?code=c0de%2B1&s=s3cret%2F2\"}");
        TokenAnswer answer = server()
                .deviceTokenRequest(StoredFlow.started(new PendingAuthorization(DeviceAuthorizationName.DEFAULT, "default",
                        "id", "CODE", URI.create("https://login.example.com"), Optional.empty(), Instant.EPOCH,
                        Duration.ofSeconds(5),
                        Secret.of("c0de+1"), Map.of()), AuthorizationRequest.defaults(), FlowBinding.none(), Instant.EPOCH))
                .send().await().indefinitely();
        assertThat(((TokenAnswer.Error) answer).error()).hasToString(
                "invalid_grant (No code [hidden] for [hidden]), HTTP status 400")
                .extracting(error -> error.uri().orElseThrow())
                .isEqualTo("https://docs.example/?code=[hidden]&s=[hidden]");
    }

    @Test
    @DisplayName("doesn't hold the refresh token, even if the server quotes it")
    void quotedRefreshToken() {
        api.answering(400, "application/json",
                "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown or invalid refresh token: r3fresh\"}");
        TokenAnswer answer = server().refresh(new Tokens(Secret.of("a"), "Bearer", Optional.of(Secret.of("r3fresh")),
                Optional.empty(), Optional.empty(), Set.of(), Map.of())).await().indefinitely();
        assertThat(((TokenAnswer.Error) answer).error().description())
                .contains("Unknown or invalid refresh token: [hidden]");
    }

    @ParameterizedTest
    @ValueSource(ints = { 20, 495, 2000 })
    @DisplayName("doesn't hold a part of it either, if it is longer than what is shown of a text")
    void quotedLongRefreshToken(int length) {
        String refreshToken = "eyJhbGciOi".repeat(length / 10);
        api.answering(400, "application/json", "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown token "
                + refreshToken + "\",\"error_uri\":\"https://docs.example/" + "x".repeat(470) + refreshToken + "\"}");
        TokenAnswer answer = server().refresh(new Tokens(Secret.of("a"), "Bearer", Optional.of(Secret.of(refreshToken)),
                Optional.empty(), Optional.empty(), Set.of(), Map.of())).await().indefinitely();
        assertThat(((TokenAnswer.Error) answer).error().description()).contains("Unknown token [hidden]");
        assertThat(((TokenAnswer.Error) answer).error().uri().orElseThrow()).doesNotContain("eyJ");
    }

    @Test
    @DisplayName("keeps a refresh token that the server doesn't rotate")
    void unrotatedRefreshToken() {
        api.answering(200, "application/json",
                "{\"access_token\":\"new\",\"refresh_token\":\"r3fresh\",\"error_description\":\"none\"}");
        TokenAnswer answer = server().refresh(new Tokens(Secret.of("a"), "Bearer", Optional.of(Secret.of("r3fresh")),
                Optional.empty(), Optional.empty(), Set.of(), Map.of())).await().indefinitely();
        assertThat(((TokenAnswer.Granted) answer).tokens().refreshToken()).contains(Secret.of("r3fresh"));
    }

    @Test
    @DisplayName("can't take over a terminal through the failure of a connection")
    void harmlessFailure() {
        api.answering(Uni.createFrom().failure(new IllegalStateException("bad \u001b[31mbytes\r\n")));
        TokenAnswer answer = server().refresh(new Tokens(Secret.of("a"), "Bearer", Optional.of(Secret.of("r3fresh")),
                Optional.empty(), Optional.empty(), Set.of(), Map.of())).await().indefinitely();
        assertThat(((TokenAnswer.Unavailable) answer).failure()).hasMessage("The authorization server of the default client"
                + " can't be asked: https://login.example.com failed: java.lang.IllegalStateException: bad [31mbytes");
    }

    @Test
    @DisplayName("is retried and never thrown, whatever a token request meets")
    void tokenRequestNeverFails() {
        api.answering(Uni.createFrom().failure(new IOException("reset")));
        TokenAnswer answer = server().refresh(new Tokens(Secret.of("a"), "Bearer", Optional.of(Secret.of("r3fresh")),
                Optional.empty(), Optional.empty(), Set.of(), Map.of())).await().indefinitely();
        assertThat(((TokenAnswer.Unavailable) answer).failure()).hasMessage("The authorization server of the default client"
                + " can't be asked: https://login.example.com closed the connection without an answer. It may go away; if it doesn't, check scheme and port of"
                + " quarkus.device-authorization.auth-server-url");
    }

    private HttpAuthorizationServer server() {
        return Servers.of(Settings.of("credentials.secret", "s3cret/2", "credentials.method", "post"), api, Answers.CLOCK);
    }
}
