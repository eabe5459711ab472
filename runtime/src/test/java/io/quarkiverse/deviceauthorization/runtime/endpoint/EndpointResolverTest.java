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

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
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
        assertThat(EndpointResolver.locations(issuer)).hasToString("[" + openId + ", " + rfc8414 + "]");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({ "https://a.example, https://a.example/", "https://a.example/, https://a.example",
            "https://a.example/t/, https://a.example/t" })
    @DisplayName("are taken from an issuer that differs by a slash at the end")
    void slash(String configured, String issuer) {
        documents.put(EndpointResolver.locations(URI.create(configured)).get(0).toString(),
                Answers.json(200, metadata(issuer, "https://a.example/device")));
        assertThat(discover("auth-server-url", configured).token()).hasToString("https://login.example.com/token");
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
        assertThat(discover("auth-server-url", issuer).deviceAuthorization()).hasToString("http://idp:8080/device");
        documents.put(issuer + "/.well-known/openid-configuration",
                Answers.json(200, metadata(issuer, "http://other:8080/device")));
        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(() -> discover("auth-server-url", issuer))
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
        EndpointResolver resolver = new EndpointResolver(Settings.only("auth-server-url", ISSUER), location -> {
            asked.add(location.toString());
            return Uni.createFrom().completionStage(answer);
        }, () -> false);
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
        resolver.moved();
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
        assertThat(discover("auth-server-url", ISSUER).deviceAuthorization()).hasToString("https://login.example.com/device");

        mutualTls = true;
        assertThat(discover("auth-server-url", ISSUER).deviceAuthorization()).hasToString("https://mtls.example.com/device");
        assertThat(discover("auth-server-url", ISSUER).token()).hasToString("https://login.example.com/token");
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
        return new EndpointResolver(Settings.only(keysAndValues), location -> {
            asked.add(location.toString());
            return Uni.createFrom().item(documents.getOrDefault(location.toString(),
                    Answers.answer(404, "text/html", "<html/>")));
        }, () -> mutualTls);
    }
}
