package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkus.credentials.CredentialsProvider;
import io.smallrye.mutiny.Uni;

@DisplayName("R3, R14: A secret that a credentials provider knows")
class ProvidedSecretTest {

    private final RecordingApi api = new RecordingApi();
    private final Map<String, String> vault = new HashMap<>();
    private final CredentialsProvider provider = new CredentialsProvider() {
        @Override
        public Map<String, String> getCredentials(String name) {
            return name.equals("tv-secrets") ? vault : null;
        }
    };

    @Test
    @DisplayName("is asked for each request, so that a new one is used at once")
    void newSecret() {
        RequestsOf requests = requests("credentials.provider.name", "tv-secrets", "credentials.method", "post");
        vault.put("password", "first");
        requests.start(AuthorizationRequest.defaults());
        vault.put("password", "second");
        requests.poll(400, "{\"error\":\"authorization_pending\"}");
        assertThat(api.sent()).extracting(sent -> RequestsOf.form(sent.body()).get("client_secret"))
                .containsExactly("first", "second");
    }

    @Test
    @DisplayName("is used as configured: by HTTP Basic, or to sign assertions")
    void method() {
        vault.put("client", "s3cret");
        requests("credentials.provider.name", "tv-secrets", "credentials.provider.key", "client")
                .start(AuthorizationRequest.defaults());
        assertThat(api.sent().get(0).authorization()).isEqualTo("Basic dHY6czNjcmV0");
        vault.put("client", "a secret of enough bytes for HS256");
        requests("credentials.provider.name", "tv-secrets", "credentials.provider.key", "client", "credentials.method",
                "post-jwt").start(AuthorizationRequest.defaults());
        assertThat(RequestsOf.form(api.sent().get(1).body())).containsKey("client_assertion")
                .doesNotContainKey("client_secret");
    }

    @Test
    @DisplayName("that it doesn't know is named, with the keys to check, and the secrets that it knows are not")
    void unknown() {
        vault.put("password", "s3cret");
        assertThatThrownBy(
                () -> requests("credentials.provider.name", "tv-secrets", "credentials.provider.key", "client-secret")
                        .start(AuthorizationRequest.defaults()))
                .hasMessageEndingWith("can't be reached as configured:"
                        + " quarkus.device-authorization.credentials.provider.name: the credentials provider knows no"
                        + " 'client-secret' by the name 'tv-secrets'. Check it, and"
                        + " quarkus.device-authorization.credentials.provider.key");
        assertThatThrownBy(() -> requests("credentials.provider.name", "other").start(AuthorizationRequest.defaults()))
                .hasMessageContaining("knows no 'password' by the name 'other'");
        vault.put("password", "");
        assertThatThrownBy(() -> requests("credentials.provider.name", "tv-secrets").start(AuthorizationRequest.defaults()))
                .as("an empty one").hasMessageContaining("knows no 'password' by the name 'tv-secrets'");
        assertThatThrownBy(() -> new RequestsOf(new HttpAuthorizationServer(settings("credentials.provider.name", "x",
                "credentials.provider.keyring-name", "nobody"), () -> api,
                ClientAuthentication.of(
                        settings("credentials.provider.name", "x", "credentials.provider.keyring-name", "nobody"),
                        name -> null, Answers.CLOCK),
                () -> false, Answers.CLOCK), api).start(AuthorizationRequest.defaults()))
                .hasMessageEndingWith("quarkus.device-authorization.credentials.provider.keyring-name: there is no credentials"
                        + " provider 'nobody'. Add an extension or a bean that is one, or set"
                        + " quarkus.device-authorization.credentials.secret");
    }

    @Test
    @DisplayName("is not asked of anybody when there is no credentials provider, or more than one: Quarkus throws then")
    void none() {
        ClientSettings settings = settings("credentials.provider.name", "x");
        HttpAuthorizationServer server = new HttpAuthorizationServer(settings, () -> api,
                ClientAuthentication.of(settings, name -> {
                    throw new RuntimeException("unable to find credentials provider of type default");
                }, Answers.CLOCK), () -> false, Answers.CLOCK);
        assertThatThrownBy(() -> new RequestsOf(server, api).start(AuthorizationRequest.defaults()))
                .hasMessageEndingWith("can't be reached as configured:"
                        + " quarkus.device-authorization.credentials.provider.keyring-name is missing, and there is no"
                        + " credentials provider, or more than one. Add an extension or a bean that is one, or set"
                        + " quarkus.device-authorization.credentials.secret");
    }

    @Test
    @DisplayName("is waited for no longer than an answer of the server is, so that no sign-in hangs with its provider")
    void hanging() {
        ClientSettings settings = settings("credentials.provider.name", "tv-secrets", "read-timeout", "50MS");
        CredentialsProvider hanging = new CredentialsProvider() {
            @Override
            public Uni<Map<String, String>> getCredentialsAsync(String name) {
                return Uni.createFrom().nothing();
            }
        };
        HttpAuthorizationServer server = new HttpAuthorizationServer(settings, () -> api,
                ClientAuthentication.of(settings, name -> hanging, Answers.CLOCK), () -> false, Answers.CLOCK);
        assertThatThrownBy(() -> server.requestCodes(AuthorizationRequest.defaults()).await().atMost(Duration.ofSeconds(30)))
                .isInstanceOf(AuthorizationServerException.class)
                .hasMessageEndingWith("quarkus.device-authorization.credentials.provider.name: the credentials provider took"
                        + " longer than quarkus.device-authorization.read-timeout allows. Check that it is well");
    }

    private RequestsOf requests(String... keysAndValues) {
        ClientSettings settings = settings(keysAndValues);
        return new RequestsOf(new HttpAuthorizationServer(settings, () -> api,
                ClientAuthentication.of(settings, name -> provider, Answers.CLOCK), () -> false, Answers.CLOCK), api);
    }

    private static ClientSettings settings(String... keysAndValues) {
        return Settings.of(keysAndValues);
    }
}
