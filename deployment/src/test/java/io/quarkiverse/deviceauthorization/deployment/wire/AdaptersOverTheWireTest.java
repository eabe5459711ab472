package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.wire.Wire.Received;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A provider with ways of its own")
class AdaptersOverTheWireTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    DeviceAuthorization tv;

    @Inject
    @DeviceAuthorizationName("radio")
    DeviceAuthorization radio;

    @Inject
    @DeviceAuthorizationName("strict")
    DeviceAuthorization strict;

    @Inject
    WireApplication.Observer observer;

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = WireApplication.of(MadeUpProvider::start, MadeUpProvider.class);
        client(application, "", "/tv");
        client(application, "\"radio\".", "/radio");
        client(application, "\"strict\".", "/tv");
        return application;
    }

    private static void client(QuarkusUnitTest application, String name, String path) {
        String prefix = "quarkus.device-authorization." + name;
        Map.of("client-id", "tv", "auth-server-url", "${wire.made-up}" + path, "device-authorization-path", "/pair",
                "token-path", "/done", "scopes", "watch,record", "polling.default-interval", "50MS", "polling.min-interval",
                "50MS").forEach((key, value) -> application.overrideConfigKey(prefix + key, value));
    }

    @Singleton
    static class TvWays implements ProviderAdapter {

        @Override
        public ProviderRequest request(ProviderRequest request) {
            ProviderRequest ours = request.without("grant_type").renamed("client_id", "app").renamed("device_code", "ticket")
                    .withHeader("X-Tv", "1").as(Format.JSON);
            return request.kind() == Kind.DEVICE_AUTHORIZATION
                    ? ours.without("scope").with("wishes", request.value("scope").replace(' ', '+'))
                    : ours;
        }

        @Override
        public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
            if (answer.members().get("pairing") instanceof Map<?, ?> pairing) {
                return new ProviderAnswer(200, Map.of("device_code", pairing.get("ticket"), "user_code", pairing.get("letters"),
                        "verification_uri", pairing.get("page"), "expires_in", 60 * (Integer) pairing.get("minutes")));
            }
            if (answer.text("state").filter("waiting"::equals).isPresent()) {
                return answer.error("authorization_pending");
            }
            return answer.renamed("key", "access_token").renamed("renew", "refresh_token").with("expires_in", 3600);
        }
    }

    @ApplicationScoped
    @DeviceAuthorizationName("radio")
    static class RadioWays implements ProviderAdapter {

        private static final Map<Object, String> CODES = Map.of(7, "authorization_pending", 8, "access_denied", 9, "radio_off");

        @Override
        public URI endpoint(Kind kind, URI configured) {
            return URI.create(configured + "?station=17");
        }

        @Override
        public ProviderRequest request(ProviderRequest request) {
            return request.renamed("client_id", "application");
        }

        @Override
        public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
            return answer.members().containsKey("result") ? answer.error(CODES.get(answer.members().get("result"))) : answer;
        }

        @Override
        public Optional<String> cure(Kind kind, OAuthError error) {
            return error.code().equals("radio_off") ? Optional.of("Switch the radio on") : Optional.empty();
        }
    }

    @Test
    @DisplayName("is served by an adapter of the application: JSON, other names, other statuses")
    void byDefault() {
        PendingAuthorization pending = tv.start();
        assertThat(pending.userCode()).isEqualTo("AB-12");
        assertThat(pending.verificationUri()).isEqualTo(URI.create("https://tv.example/pair"));
        assertThat(Duration.between(Instant.now(), pending.expiresAt())).isBetween(Duration.ofSeconds(100),
                Duration.ofSeconds(120));
        Tokens tokens = tv.await(pending);
        observer.log(pending);
        observer.log(tokens);
        assertThat(tokens.accessToken().value()).isEqualTo("k3y-0123456789");
        assertThat(tokens.refreshToken().orElseThrow().value()).isEqualTo("r3new-0123456789");
        assertThat(tokens.parameters()).containsOnly(Map.entry("state", "done"), Map.entry("hours", 1));

        assertThat(at("/tv/pair")).singleElement().satisfies(request -> {
            assertThat(request.form()).isEqualTo(Map.of("app", List.of("tv"), "wishes", List.of("watch+record")));
            assertThat(request.header("content-type")).hasValue("application/json");
            assertThat(request.header("x-tv")).hasValue("1");
        });
        assertThat(at("/tv/done")).hasSize(3).allSatisfy(request -> assertThat(request.form())
                .isEqualTo(Map.of("app", List.of("tv"), "ticket", List.of(MadeUpProvider.TICKET))));
    }

    @Test
    @DisplayName("is served for a named client by the adapter of that name, which also says what to do about an error")
    void named() {
        DeviceAuthorizationException problem = catchThrowableOfType(DeviceAuthorizationException.class,
                () -> radio.await(radio.start()));
        observer.log(problem);
        assertThat(problem).hasMessage("The authorization server ended the device authorization of client 'radio': radio_off,"
                + " HTTP status 200. Switch the radio on");
        assertThat(at("/radio/pair")).singleElement().satisfies(request -> assertThat(request.form())
                .isEqualTo(Map.of("application", List.of("tv"), "scope", List.of("watch+record"))));
        assertThat(at("/radio/done")).hasSize(2)
                .allSatisfy(request -> assertThat(request.form()).containsOnlyKeys("application",
                        "grant_type", "device_code"));
    }

    @Test
    @DisplayName("is not understood without its adapter, and that of another client is not used")
    void without() {
        AuthorizationServerException problem = catchThrowableOfType(AuthorizationServerException.class, strict::start);
        observer.log(problem);
        assertThat(problem).hasMessage("The device authorization response for client 'strict' lacks device_code, user_code,"
                + " verification_uri, expires_in, or has it in a form that is of no use. Check that the endpoint is a device"
                + " authorization endpoint (RFC 8628 §3.2)");
    }

    private static List<Received> at(String path) {
        return Wire.requests("made-up", 0, path).stream().filter(request -> !request.form().containsKey("client_id")).toList();
    }
}
