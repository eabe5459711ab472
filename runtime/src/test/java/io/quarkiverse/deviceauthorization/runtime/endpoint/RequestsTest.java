package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

@DisplayName("What is sent")
class RequestsTest {

    private static final Tokens TOKENS = new Tokens(Secret.of("access"), "Bearer", Optional.of(Secret.of("refresh+me")),
            Optional.empty(), Optional.empty(), Set.of("openid"), Map.of());

    private final RecordingApi api = new RecordingApi();

    @Nested
    @DisplayName("by the device authorization request")
    class Start {

        @Test
        @DisplayName("R1: is a form in UTF-8, from which each value can be read again as it was")
        void roundTrips() {
            Map<String, String> form = started(
                    Settings.of("scopes", "a+b,c&d=e,f=g,größe,日本,100%", "audience", "https://api?x=ü"));
            assertThat(form).containsEntry("scope", "a+b c&d=e f=g größe 日本 100%").containsEntry("audience", "https://api?x=ü");
            assertThat(api.only().body()).matches("[A-Za-z0-9+%&=._*-]+");
        }

        @Test
        @DisplayName("R2: names a public client by client_id, and has no scope when none is set")
        void publicClientWithoutScope() {
            server(Settings.of()).requestCodes(AuthorizationRequest.defaults()).await().indefinitely();
            assertThat(api.only().body()).isEqualTo("client_id=tv");
            assertThat(api.only().authorization()).isNull();
            assertThat(api.only().endpoint()).hasToString("https://login.example.com/device");
        }

        @Test
        @DisplayName("R2: has no scope when the request asks for none")
        void emptyScopesLeaveOutTheConfiguredOnes() {
            assertThat(started(Settings.of("scopes", "openid"), AuthorizationRequest.builder().scopes().build()))
                    .doesNotContainKey("scope");
        }

        @Test
        @DisplayName("R5: has no parameter without a value")
        void noEmptyParameter() {
            AuthorizationRequest request = AuthorizationRequest.builder().audience("").parameter("prompt", "")
                    .parameter("acr_values", "").build();
            assertThat(started(Settings.of("audience", "api", "extra-params.prompt", "login"), request))
                    .containsOnlyKeys("client_id");
        }

        @Test
        @DisplayName("R5: has each parameter once, and the one of the request instead of the configured one")
        void requestGoesBeforeConfiguration() {
            AuthorizationRequest request = AuthorizationRequest.builder().scopes("mine").audience("my-api")
                    .parameter("prompt", "consent").parameter("organization", "o1").build();
            server(Settings.of("scopes", "openid", "audience", "api", "extra-params.prompt", "login")).requestCodes(request)
                    .await().indefinitely();
            assertThat(api.only().body())
                    .isEqualTo("scope=mine&audience=my-api&prompt=consent&organization=o1&client_id=tv");
        }

        @Test
        @DisplayName("R5: has the client's own client_id, once, whatever the request says")
        void clientIdCannotBeReplaced() {
            AuthorizationRequest.Builder request = AuthorizationRequest.builder();
            assertThatIllegalArgumentException().isThrownBy(() -> request.parameter("client_id", "somebody-else"));
            assertThat(started(Settings.of(), request.build())).containsExactly(Map.entry("client_id", "tv"));
        }

        @Test
        @DisplayName("R5: has resource as often as there are resources (RFC 8707)")
        void resourcesRepeat() {
            server(Settings.of("resources", "https://a.example.com,urn:b")).requestCodes(AuthorizationRequest.defaults())
                    .await().indefinitely();
            assertThat(api.only().body()).isEqualTo("resource=https%3A%2F%2Fa.example.com&resource=urn%3Ab&client_id=tv");
        }

        @Test
        @DisplayName("has the resources of the request instead of the configured ones")
        void resourcesOfTheRequest() {
            server(Settings.of("resources", "urn:a,urn:b")).requestCodes(AuthorizationRequest.builder()
                    .resource(URI.create("urn:c")).build()).await().indefinitely();
            assertThat(api.only().body()).isEqualTo("resource=urn%3Ac&client_id=tv");
        }

        @Test
        @DisplayName("has the bearer token that the origin's reference shows, and nothing else has it")
        void bearerTokenOnlyHere() {
            ClientSettings settings = Settings.of("credentials.bearer-token", "t0ken");
            started(settings);
            assertThat(api.only().authorization()).isEqualTo("Bearer t0ken");
            assertThat(api.only().body()).isEqualTo("client_id=tv");
            poll(settings);
            refresh(settings);
            revoke(settings, TOKENS);
            assertThat(api.sent().subList(1, 4)).allSatisfy(sent -> {
                assertThat(sent.authorization()).isNull();
                assertThat(sent.body()).contains("client_id=tv").doesNotContain("t0ken");
            });
        }

        @Test
        @DisplayName("is the origin's, to the letter, with provider=yoto")
        void yoto() {
            ClientSettings settings = Settings.only("provider", "yoto", "client-id", "tv");
            started(settings);
            assertThat(api.only()).isEqualTo(new RecordingApi.Sent(URI.create("https://login.yotoplay.com/oauth/device/code"),
                    null, "scope=profile+offline_access+openid&audience=https%3A%2F%2Fapi.yotoplay.com&client_id=tv"));
            api.answeringKeys(200, "{\"keys\":[]}");
            poll(settings);
            assertThat(api.sent().get(1).endpoint()).hasToString("https://login.yotoplay.com/.well-known/jwks.json");
            assertThat(api.sent().get(2).endpoint()).hasToString("https://login.yotoplay.com/oauth/token");
            revoke(settings, TOKENS);
            assertThat(api.sent().get(3).endpoint()).hasToString("https://login.yotoplay.com/oauth/revoke");
        }
    }

    @Nested
    @DisplayName("by a token request")
    class Token {

        @Test
        @DisplayName("R13: is grant_type, device_code and client_id, and nothing else")
        void exactBody() {
            poll(Settings.of("scopes", "openid", "extra-params.prompt", "login"));
            assertThat(api.only()).isEqualTo(new RecordingApi.Sent(URI.create("https://login.example.com/token"), null,
                    "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=code%2B1&client_id=tv"));
        }

        @Test
        @DisplayName("names the audience and the resources as the device authorization request does (RFC 8707 §2.2)")
        void audienceAndResources() {
            poll(Settings.of("audience", "api"),
                    AuthorizationRequest.builder().resource(URI.create("https://api.example")).build());
            assertThat(api.only().body()).contains("&audience=api&resource=https%3A%2F%2Fapi.example&");
        }

        @Test
        @DisplayName("means the scopes that were asked for, where the answer repeats none (RFC 6749 §5.1)")
        void scopesThatWereAskedFor() {
            api.answering(200, "application/json", "{\"access_token\":\"a\"}");
            TokenAnswer answer = poll(Settings.of("scopes", "openid"), AuthorizationRequest.builder().scopes("email").build());
            assertThat(((TokenAnswer.Granted) answer).tokens().scopes()).containsExactly("email");
        }

        @Test
        @DisplayName("is the refresh token and client_id when it refreshes (RFC 6749 §6)")
        void refreshBody() {
            refresh(Settings.of("scopes", "openid"));
            assertThat(api.only().body()).isEqualTo("grant_type=refresh_token&refresh_token=refresh%2Bme&client_id=tv");
        }

        @Test
        @DisplayName("keeps what the answer to a refresh doesn't repeat (RFC 6749 §6)")
        void refreshKeepsWhatIsNotRepeated() {
            api.answering(200, "application/json", "{\"access_token\":\"new\",\"token_type\":\"bearer\"}");
            Tokens old = new Tokens(Secret.of("old"), "Bearer", Optional.of(Secret.of("r1")), Optional.of(Secret.of("id")),
                    Optional.empty(), Set.of("openid"), Map.of("session", "s"));
            assertThat(server(Settings.of()).refresh(old).await().indefinitely())
                    .hasFieldOrPropertyWithValue("tokens", new Tokens(Secret.of("new"), "bearer",
                            Optional.of(Secret.of("r1")), Optional.of(Secret.of("id")), Optional.empty(), Set.of("openid"),
                            Map.of("session", "s")));
        }
    }

    @Nested
    @DisplayName("by a revocation request")
    class Revocation {

        @Test
        @DisplayName("is the refresh token, which ends the access token too (RFC 7009)")
        void refreshToken() {
            revoke(Settings.of(), TOKENS);
            assertThat(api.only()).isEqualTo(new RecordingApi.Sent(URI.create("https://login.example.com/revoke"), null,
                    "token=refresh%2Bme&token_type_hint=refresh_token&client_id=tv"));
        }

        @Test
        @DisplayName("is the access token when there is no other")
        void accessToken() {
            revoke(Settings.of(), new Tokens(Secret.of("access"), "Bearer", Optional.empty(), Optional.empty(),
                    Optional.empty(), Set.of(), Map.of()));
            assertThat(api.only().body()).isEqualTo("token=access&token_type_hint=access_token&client_id=tv");
        }

        @Test
        @DisplayName("that the server refuses is told, since the tokens are forgotten all the same")
        void refused() {
            api.answering(400, "application/json", "{\"error\":\"unsupported_token_type\"}");
            try (LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.endpoint")) {
                revoke(Settings.of(), TOKENS);
                assertThat(logged.messages).containsExactly("The authorization server of the default client did not revoke a"
                        + " token (HTTP status 400, unsupported_token_type); it is forgotten here");
            }
        }
    }

    @Nested
    @DisplayName("R3, R14: to authenticate the client")
    class Authentication {

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = { "device authorization", "token", "refresh", "revocation" })
        @DisplayName("by HTTP Basic: id and secret form-urlencoded (RFC 6749 §2.3.1), and no client_id in the form")
        void basic(String request) {
            send(request, Settings.of("client-id", "tv:1+ü", "credentials.secret", "s:e+c %ü", "scopes", "openid"));
            assertThat(api.only().body()).doesNotContain("client_id").doesNotContain("client_secret");
            assertThat(api.only().authorization()).startsWith("Basic ");
            assertThat(new String(Base64.getDecoder().decode(api.only().authorization().substring(6)),
                    StandardCharsets.US_ASCII)).isEqualTo("tv%3A1%2B%C3%BC:s%3Ae%2Bc+%25%C3%BC");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = { "device authorization", "token", "refresh", "revocation" })
        @DisplayName("by client_secret_post: both in the form, and no header")
        void post(String request) {
            send(request, Settings.of("client-id", "tv:1+ü", "credentials.secret", "s:e+c %ü", "credentials.method", "post"));
            assertThat(api.only().authorization()).isNull();
            assertThat(api.only().body()).endsWith("client_id=tv%3A1%2B%C3%BC&client_secret=s%3Ae%2Bc+%25%C3%BC");
        }

        private void send(String request, ClientSettings settings) {
            switch (request) {
                case "device authorization" -> started(settings);
                case "token" -> poll(settings);
                case "refresh" -> refresh(settings);
                default -> revoke(settings, TOKENS);
            }
        }
    }

    private Map<String, String> started(ClientSettings settings) {
        return started(settings, AuthorizationRequest.defaults());
    }

    private Map<String, String> started(ClientSettings settings, AuthorizationRequest request) {
        server(settings).requestCodes(request).await().indefinitely();
        Map<String, String> form = new LinkedHashMap<>();
        Arrays.stream(api.only().body().split("&")).map(field -> field.split("=", 2)).forEach(field -> assertThat(
                form.put(URLDecoder.decode(field[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(field[1], StandardCharsets.UTF_8)))
                .as("%s is sent twice", field[0]).isNull());
        return form;
    }

    private void poll(ClientSettings settings) {
        poll(settings, AuthorizationRequest.defaults());
    }

    private TokenAnswer poll(ClientSettings settings, AuthorizationRequest request) {
        return server(settings).deviceTokenRequest(StoredFlow.started(new PendingAuthorization(DeviceAuthorizationName.DEFAULT,
                "default", "id",
                "CODE",
                URI.create("https://login.example.com/activate"), Optional.empty(), Instant.EPOCH, Duration.ofSeconds(5),
                Secret.of("code+1"), Map.of()), request, FlowBinding.none(), Instant.EPOCH)).send().await().indefinitely();
    }

    private void refresh(ClientSettings settings) {
        server(settings).refresh(TOKENS).await().indefinitely();
    }

    private void revoke(ClientSettings settings, Tokens tokens) {
        server(settings).revoke(tokens).await().indefinitely();
    }

    private HttpAuthorizationServer server(ClientSettings settings) {
        api.answering(200, "application/json", RecordingApi.CODES);
        return Servers.of(settings, api, Clock.systemUTC());
    }
}
