package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.wire.Wire.Received;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("R3, R14: Over mutual TLS")
class MutualTlsOverTheWireTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    @DeviceAuthorizationName("with")
    DeviceAuthorization with;

    @Inject
    @DeviceAuthorizationName("without")
    DeviceAuthorization without;

    @Inject
    WireApplication.Observer observer;

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = WireApplication.of(MutualTlsServer::start, MutualTlsServer.class, SelfSigned.class);
        for (String name : List.of("with", "without")) {
            WireApplication.client(application, name, "auth-server-url", "${wire.mtls}", "tls-configuration-name", name,
                    "polling.default-interval", "50MS", "polling.min-interval", "50MS");
            application.overrideConfigKey("quarkus.tls.\"" + name + "\".trust-store.p12.path", "${wire.server.p12}")
                    .overrideConfigKey("quarkus.tls.\"" + name + "\".trust-store.p12.password", SelfSigned.PASSWORD);
        }
        return application.overrideConfigKey("quarkus.tls.\"with\".key-store.p12.path", "${wire.client.p12}")
                .overrideConfigKey("quarkus.tls.\"with\".key-store.p12.password", SelfSigned.PASSWORD);
    }

    @Test
    @DisplayName("a client shows its certificate at each endpoint, those that are for such, and says who it is (RFC 8705 §2, §5)")
    void certificate() {
        int seen = Wire.requests("mtls").size();
        Tokens first = with.await(with.start());
        Awaitility.await().until(with::tokens, tokens -> !tokens.equals(first));
        assertThat(with.userInfo().subject()).isEqualTo("alice");
        with.logout();
        List<Received> requests = Wire.requests("mtls").stream().skip(seen)
                .filter(request -> !request.path().startsWith("/.well-known/")).toList();
        assertThat(requests).extracting(Received::path).containsSubsequence("/mtls/device", "/mtls/token", "/mtls/token",
                "/mtls/userinfo", "/mtls/revoke");
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.path()).startsWith("/mtls/");
            assertThat(request.certificate()).isEqualTo("CN=living-room-tv");
            assertThat(request.form()).doesNotContainKeys("client_secret", "client_assertion");
            if (request.method().equals("POST")) {
                assertThat(request.form()).containsEntry("client_id", List.of("tv"));
                assertThat(request.headers()).doesNotContainKey("authorization");
            }
        });
    }

    @Test
    @DisplayName("a client without a certificate keeps to the other endpoints")
    void noCertificate() {
        int seen = Wire.requests("mtls").size();
        InvalidClientException problem = catchThrowableOfType(InvalidClientException.class, without::start);
        observer.log(problem);
        assertThat(problem).hasMessage("The authorization server refused to start a device authorization for client 'without':"
                + " invalid_client, HTTP status 403. Check quarkus.device-authorization.\"without\".client-id, and, if the client"
                + " shows a certificate, that the provider expects the one in the key store of quarkus.tls.\"without\"");
        assertThat(Wire.requests("mtls", seen, "/direct/device")).singleElement().satisfies(request -> {
            assertThat(request.certificate()).isNull();
            assertThat(request.form()).isEqualTo(Map.of("client_id", List.of("tv")));
        });
    }
}
