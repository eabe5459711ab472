package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.smallrye.mutiny.Uni;

@DisplayName("R20: Endpoints")
class EndpointResolverTest {

    private static final String ISSUER = "https://login.example.com/realms/home";
    private static final String OPENID = ISSUER + "/.well-known/openid-configuration";
    private static final String RFC8414 = "https://login.example.com/.well-known/oauth-authorization-server/realms/home";
    private static final String METADATA = metadata(ISSUER, "https://login.example.com/device");

    private final Map<String, Answer> documents = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean mutualTls;

    @Test
    @DisplayName("come from the OpenID location")
    void openId() {
        documents.put(OPENID, Answers.json(200, METADATA));
        assertThat(discover("auth-server-url", ISSUER)).isEqualTo(new Endpoints(URI.create("https://login.example.com/device"),
                URI.create("https://login.example.com/token"), Optional.of(URI.create("https://login.example.com/revoke")),
                Optional.empty(), Optional.empty(), Optional.of(ISSUER)));
        assertThat(asked).containsExactly(OPENID);
    }

    @Test
    @DisplayName("come from the RFC 8414 location, before the path of the issuer, when the other one has none")
    void rfc8414() {
        documents.put(RFC8414, Answers.json(200, METADATA));
        assertThat(discover("auth-server-url", ISSUER).deviceAuthorization()).hasToString("https://login.example.com/device");
        assertThat(asked).containsExactly(OPENID, RFC8414);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
            "https://a.example, https://a.example/.well-known/openid-configuration, https://a.example/.well-known/oauth-authorization-server",
            "https://a.example/, https://a.example/.well-known/openid-configuration, https://a.example/.well-known/oauth-authorization-server",
            "https://a.example:8443/t/x/, https://a.example:8443/t/x/.well-known/openid-configuration, https://a.example:8443/.well-known/oauth-authorization-server/t/x",
            "https://a.example/t%20x, https://a.example/t%20x/.well-known/openid-configuration, https://a.example/.well-known/oauth-authorization-server/t%20x" })
    @DisplayName("are looked for where the two standards say")
    void locations(URI issuer, String openId, String rfc8414) {
        assertThat(MetadataReader.locations(issuer)).hasToString("[" + openId + ", " + rfc8414 + "]");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({ "https://a.example, https://a.example/", "https://a.example/, https://a.example",
            "https://a.example/t/, https://a.example/t" })
    @DisplayName("are taken from an issuer that differs by a slash at the end")
    void slash(String configured, String issuer) {
        documents.put(MetadataReader.locations(URI.create(configured)).get(0).toString(),
                Answers.json(200, metadata(issuer, "https://a.example/device")));
        assertThat(discover("auth-server-url", configured, "discovery-allowed-hosts", "login.example.com").token())
                .hasToString("https://login.example.com/token");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.example", "https://login.example.com", "https://login.example.com/realms/home2",
            "http://login.example.com/realms/home", "https://LOGIN.example.com/realms/home" })
    @DisplayName("are not taken from another issuer (RFC 8414 §3.3)")
    void foreignIssuer(String issuer) {
        documents.put(OPENID, Answers.json(200, metadata(issuer, "https://login.example.com/device")));
        fails("The authorization server of the default client says that it is '" + issuer
                + "', which is not quarkus.device-authorization.auth-server-url ('" + ISSUER
                + "'). Set the key to the issuer if you trust it");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/device", "http://login.example.com/device", "http://localhost/device", "https:///device",
            "ftp://login.example.com/device", "not a url" })
    @DisplayName("are not taken when one is missing, or a code would travel in the clear")
    void unusableEndpoint(String endpoint) {
        documents.put(OPENID, Answers.json(200, metadata(ISSUER, endpoint)));
        fails("The authorization server of the default client doesn't name a usable device_authorization_endpoint in its"
                + " metadata. Switch the device authorization grant on there, or set"
                + " quarkus.device-authorization.device-authorization-path");
    }

    @Test
    @DisplayName("may be plain HTTP where the issuer is, on the same host only")
    void plainHttp() {
        String issuer = "http://idp:8080";
        documents.put(issuer + "/.well-known/openid-configuration",
                Answers.json(200, metadata(issuer, "http://idp:8080/device")));
        assertThat(discover("auth-server-url", issuer, "discovery-allowed-hosts", "login.example.com").deviceAuthorization())
                .hasToString("http://idp:8080/device");
        documents.put(issuer + "/.well-known/openid-configuration",
                Answers.json(200, metadata(issuer, "http://other:8080/device")));
        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(() -> discover("auth-server-url", issuer,
                "discovery-allowed-hosts", "login.example.com"))
                .withMessageContaining("doesn't name a usable device_authorization_endpoint");
    }

    @Test
    @DisplayName("that are configured go before discovered ones")
    void configuredGoesFirst() {
        documents.put(OPENID, Answers.json(200, METADATA));
        assertThat(discover("auth-server-url", ISSUER, "device-authorization-path", "/mine").deviceAuthorization())
                .hasToString(ISSUER + "/mine");
    }

    @Test
    @DisplayName("are not looked for when both are configured")
    void configured() {
        Endpoints endpoints = resolver("auth-server-url", ISSUER, "device-authorization-path", "d", "token-path", "/t")
                .endpoints().await().indefinitely();
        assertThat(endpoints).isEqualTo(
                new Endpoints(URI.create(ISSUER + "/d"), URI.create(ISSUER + "/t"), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty()));
        assertThat(asked).isEmpty();
    }

    @Test
    @DisplayName("are missing when there are no metadata, and the message says where they were looked for")
    void noMetadata() {
        documents.put(RFC8414, Answers.answer(500, "text/html", "<html/>"));
        fails("The authorization server of the default client has no metadata at " + OPENID + " (HTTP status 404) or "
                + RFC8414 + " (HTTP status 500). Check quarkus.device-authorization.auth-server-url, or set"
                + " quarkus.device-authorization.device-authorization-path and quarkus.device-authorization.token-path");
    }

    @Test
    @DisplayName("are missing when there are pages in their place, and the message says what there is")
    void pagesInPlaceOfMetadata() {
        documents.put(OPENID, Answers.answer(200, "text/html", "<html/>"));
        documents.put(RFC8414, Answers.json(200, "{}"));
        fails("The authorization server of the default client has no metadata at " + OPENID
                + " (HTTP status 200, text/html) or "
                + RFC8414 + " (HTTP status 200, without an issuer). Check quarkus.device-authorization.auth-server-url, or set"
                + " quarkus.device-authorization.device-authorization-path and quarkus.device-authorization.token-path");
    }

    @Test
    @DisplayName("are looked for again after a failure, and once after a success")
    void failureIsNotCached() {
        EndpointResolver resolver = resolver("auth-server-url", ISSUER);
        assertThatExceptionOfType(AuthorizationServerException.class)
                .isThrownBy(() -> resolver.endpoints().await().indefinitely());
        documents.put(OPENID, Answers.json(200, METADATA));
        resolver.endpoints().await().indefinitely();
        resolver.endpoints().await().indefinitely();
        assertThat(asked).containsExactly(OPENID, RFC8414, OPENID);
    }

    @Test
    @DisplayName("are looked for once by any number of callers at the same time, also when the first one leaves")
    void sharedRequest() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        EndpointResolver resolver = resolver(Settings.only("auth-server-url", ISSUER), location -> {
            asked.add(location.toString());
            return Uni.createFrom().completionStage(answer);
        });
        resolver.endpoints().subscribe().with(endpoints -> {
        }).cancel();
        CompletableFuture<Endpoints> second = resolver.endpoints().subscribeAsCompletionStage();
        CompletableFuture<Endpoints> third = resolver.endpoints().subscribeAsCompletionStage();
        answer.complete(Answers.json(200, METADATA));
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(asked).containsExactly(OPENID);
    }

    @Test
    @DisplayName("are looked for again when one has moved, and those that were known stay when the metadata can't be read")
    void moved() {
        documents.put(OPENID, Answers.json(200, METADATA));
        EndpointResolver resolver = resolver("auth-server-url", ISSUER);
        resolver.endpoints().await().indefinitely();

        documents.put(OPENID, Answers.answer(503, null, null));
        resolver.notice(Answers.answer(404, null, null));
        assertThat(resolver.endpoints().await().indefinitely().deviceAuthorization())
                .hasToString("https://login.example.com/device");

        documents.put(OPENID, Answers.json(200, metadata(ISSUER, "https://login.example.com/moved")));
        assertThat(resolver.endpoints().await().indefinitely().deviceAuthorization())
                .hasToString("https://login.example.com/moved");
    }

    @Test
    @DisplayName("are those for clients with a certificate, where there are such (RFC 8705 §5)")
    void mutualTlsAliases() {
        documents.put(OPENID, Answers.json(200, METADATA.substring(0, METADATA.length() - 1)
                + ",\"mtls_endpoint_aliases\":{\"device_authorization_endpoint\":\"https://mtls.example.com/device\","
                + "\"token_endpoint\":\"http://mtls.example.com/in-the-clear\"}}"));
        String[] client = { "auth-server-url", ISSUER, "discovery-allowed-hosts", "mtls.example.com" };
        assertThat(discover(client).deviceAuthorization()).hasToString("https://login.example.com/device");

        mutualTls = true;
        assertThat(discover(client).deviceAuthorization()).hasToString("https://mtls.example.com/device");
        assertThat(discover(client).token()).hasToString("https://login.example.com/token");
        fails("The authorization server of the default client names endpoints on other hosts than its own in its metadata"
                + " (device_authorization_endpoint on mtls.example.com), and nothing is sent there. If they are the provider's,"
                + " add mtls.example.com to quarkus.device-authorization.discovery-allowed-hosts");
    }

    @Test
    @DisplayName("are refused on other hosts than the issuer's, all of them, since metadata could send tokens anywhere")
    void otherHosts() {
        documents.put(OPENID, Answers.json(200, """
                {"issuer":"%s","device_authorization_endpoint":"https://login.example.com:8443/device",
                "token_endpoint":"https://oauth2.example.com/token","revocation_endpoint":"https://LOGIN.example.com/revoke",
                "jwks_uri":"https://169.254.169.254/keys","userinfo_endpoint":"https://login.example.com.evil.example/userinfo"}
                """.formatted(ISSUER)));
        fails("The authorization server of the default client names endpoints on other hosts than its own in its metadata"
                + " (token_endpoint on oauth2.example.com, userinfo_endpoint on login.example.com.evil.example, jwks_uri on"
                + " 169.254.169.254), and nothing is sent there. If they are the provider's, add"
                + " 169.254.169.254,login.example.com.evil.example,oauth2.example.com to"
                + " quarkus.device-authorization.discovery-allowed-hosts");
        assertThat(asked).containsExactly(OPENID);
    }

    @Test
    @DisplayName("on other hosts are used where these are allowed, or the endpoint is configured")
    void allowedHosts() {
        documents.put(OPENID, Answers.json(200, metadata(ISSUER, "https://oauth2.example.com/device")));
        for (String allowed : List.of("oauth2.example.com", "*.example.com", "other.example,OAuth2.Example.com")) {
            assertThat(discover("auth-server-url", ISSUER, "discovery-allowed-hosts", allowed).deviceAuthorization())
                    .hasToString("https://oauth2.example.com/device");
        }
        assertThat(discover("auth-server-url", ISSUER, "device-authorization-path", "/mine").token())
                .hasToString("https://login.example.com/token");
    }

    @ParameterizedTest
    @ValueSource(strings = { "example.com", "other.example.com", "*.oauth2.example.com", "*.other.example" })
    @DisplayName("are refused where another host is allowed")
    void otherAllowedHosts(String allowed) {
        documents.put(OPENID, Answers.json(200, metadata(ISSUER, "https://oauth2.example.com/device")));
        assertThatExceptionOfType(AuthorizationServerException.class)
                .isThrownBy(() -> discover("auth-server-url", ISSUER, "discovery-allowed-hosts", allowed))
                .withMessageContaining("(device_authorization_endpoint on oauth2.example.com)");
    }

    @Test
    @DisplayName("of a provider that spreads them are known to its preset, at its own server only")
    void presets() {
        String google = "https://accounts.google.com";
        String metadata = """
                {"issuer":"%s","device_authorization_endpoint":"https://oauth2.googleapis.com/device/code",
                "token_endpoint":"https://oauth2.googleapis.com/token","revocation_endpoint":"https://oauth2.googleapis.com/revoke",
                "userinfo_endpoint":"https://openidconnect.googleapis.com/v1/userinfo",
                "jwks_uri":"https://www.googleapis.com/oauth2/v3/certs"}
                """;
        documents.put(google + "/.well-known/openid-configuration", Answers.json(200, metadata.formatted(google)));
        assertThat(discover("provider", "google", "discovery-enabled", "true").token())
                .hasToString("https://oauth2.googleapis.com/token");

        documents.put(OPENID, Answers.json(200, metadata.formatted(ISSUER)));
        assertThatExceptionOfType(AuthorizationServerException.class)
                .isThrownBy(() -> discover("provider", "google", "auth-server-url", ISSUER, "discovery-enabled", "true"))
                .withMessageContaining("names endpoints on other hosts than its own");
    }

    @Test
    @DisplayName("on this machine may be on any of its names")
    void loopback() {
        String issuer = "http://localhost:8080";
        documents.put(issuer + "/.well-known/openid-configuration", Answers.json(200, metadata(issuer,
                "http://127.0.0.1:9090/device").replace("https://login.example.com", "http://[::1]:9090")));
        assertThat(discover("auth-server-url", issuer).deviceAuthorization()).hasToString("http://127.0.0.1:9090/device");
    }

    private static String metadata(String issuer, String deviceAuthorizationEndpoint) {
        return "{\"issuer\":\"" + issuer + "\",\"device_authorization_endpoint\":\"" + deviceAuthorizationEndpoint
                + "\",\"token_endpoint\":\"https://login.example.com/token\","
                + "\"revocation_endpoint\":\"https://login.example.com/revoke\"}";
    }

    private void fails(String message) {
        assertThatExceptionOfType(AuthorizationServerException.class)
                .isThrownBy(() -> discover("auth-server-url", ISSUER)).withMessage(message);
    }

    private Endpoints discover(String... keysAndValues) {
        return resolver(keysAndValues).endpoints().await().indefinitely();
    }

    private EndpointResolver resolver(String... keysAndValues) {
        return resolver(Settings.only(keysAndValues), location -> {
            asked.add(location.toString());
            return Uni.createFrom().item(documents.getOrDefault(location.toString(),
                    Answers.answer(404, "text/html", "<html/>")));
        });
    }

    private EndpointResolver resolver(ClientSettings settings, Function<URI, Uni<Answer>> reader) {
        return new EndpointResolver(settings, new MetadataReader(settings, reader, () -> mutualTls));
    }
}
