package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.smallrye.mutiny.Uni;

@DisplayName("R9: A refusal of a server that nothing more is known of says what to check")
class AdviceTest {

    private static final String REFUSED = "The authorization server refused to start a device authorization for the default"
            + " client: ";

    private final RecordingApi api = new RecordingApi();

    @Test
    @DisplayName("of a secret")
    void secret() {
        advises("invalid_client", "", "Check quarkus.device-authorization.client-id and"
                + " quarkus.device-authorization.credentials.secret, and that quarkus.device-authorization.credentials.method is"
                + " the one that the provider expects", "credentials.secret", "s3cret", "tls-configuration-name", "provider");
    }

    @Test
    @DisplayName("of an assertion")
    void assertion() {
        advises("invalid_client", "", "Check quarkus.device-authorization.client-id, that the provider knows the public key, by"
                + " quarkus.device-authorization.credentials.jwt.key-id if it has several, and"
                + " quarkus.device-authorization.credentials.jwt.audience and"
                + " quarkus.device-authorization.credentials.jwt.signature-algorithm, which providers differ in",
                "credentials.jwt.key",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"WKn-ZIGevcwGIyyrzFoZNBdaq9_TsqzGl96oc0CWuis\","
                        + "\"y\":\"y77t-RvAHRKTsSGdIYUfweuOvwrvDD-Q3Hv5J0fSKbE\","
                        + "\"d\":\"Hndv7ZZjs_ke8o9zXYo3iq-Yr8SewI5vrqd0pAvEPqg\"}");
    }

    @Test
    @DisplayName("of a certificate")
    void certificate() {
        advises("invalid_client", "",
                "Check quarkus.device-authorization.client-id, and, if the client shows a certificate, that"
                        + " the provider expects the one in the key store of quarkus.tls.\"provider\"",
                "tls-configuration-name",
                "provider");
    }

    @Test
    @DisplayName("and which switch is off where it demands PKCE or DPoP")
    void demands() {
        advises("invalid_request", " (Missing parameter: code_challenge_method)",
                "The server demands PKCE: set quarkus.device-authorization.pkce=true");
        advises("invalid_request", " (DPoP proof is missing)",
                "The server demands proofs: set quarkus.device-authorization.dpop=true");
    }

    @Test
    @DisplayName("and a connection that nobody accepts may be the proxy's fault")
    void proxy() {
        api.answering(Uni.createFrom().failure(new ConnectException("refused")));
        HttpAuthorizationServer server = Servers.of(Settings.of("proxy-configuration-name", "office"), api, Answers.CLOCK);
        assertThatThrownBy(() -> server.requestCodes(AuthorizationRequest.defaults()).await().indefinitely())
                .hasMessageEndingWith(" refuses connections or doesn't accept them in time. Check that it is up, and"
                        + " quarkus.device-authorization.auth-server-url; or it is the proxy of"
                        + " quarkus.device-authorization.proxy-configuration-name that doesn't");
    }

    private void advises(String code, String description, String advice, String... keysAndValues) {
        api.answering(400, "application/json", "{\"error\":\"" + code + "\"" + (description.isEmpty() ? ""
                : ",\"error_description\":\"" + description.substring(2, description.length() - 1) + "\"") + "}");
        HttpAuthorizationServer server = Servers.of(Settings.of(keysAndValues), api, Answers.CLOCK);
        assertThatThrownBy(() -> server.requestCodes(AuthorizationRequest.defaults()).await().indefinitely())
                .hasMessage(REFUSED + code + description + ", HTTP status 400. " + advice);
    }
}
