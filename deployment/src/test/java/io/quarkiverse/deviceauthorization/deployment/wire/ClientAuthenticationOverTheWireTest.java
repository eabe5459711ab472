package io.quarkiverse.deviceauthorization.deployment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.wire.Wire.Received;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

@DisplayName("R3, R14: A client authenticates over the wire, on every request")
class ClientAuthenticationOverTheWireTest {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application();

    @Inject
    @DeviceAuthorizationName("secret-jwt")
    DeviceAuthorization secretJwt;

    @Inject
    @DeviceAuthorizationName("pem")
    DeviceAuthorization pem;

    @Inject
    @DeviceAuthorizationName("jwk")
    DeviceAuthorization jwk;

    @Inject
    @DeviceAuthorizationName("vault")
    DeviceAuthorization byVault;

    @Inject
    @DeviceAuthorizationName("keyring")
    DeviceAuthorization byKeyring;

    @Inject
    @DeviceAuthorizationName("wrong-key")
    DeviceAuthorization wrongKey;

    @Inject
    @DeviceAuthorizationName("wrong-secret")
    DeviceAuthorization wrongSecret;

    @Inject
    @DeviceAuthorizationName("no-keyring")
    DeviceAuthorization noKeyring;

    @Inject
    WireApplication.Observer observer;

    @Inject
    Vault vault;

    private static QuarkusUnitTest application() {
        QuarkusUnitTest application = WireApplication.of(AuthenticatedClients::start, AuthenticatedClients.class);
        client(application, "secret-jwt", "tv-secret-jwt", "credentials.secret", AuthenticatedClients.SIGNING_SECRET,
                "credentials.method", "post-jwt");
        client(application, "pem", "tv-pem", "credentials.jwt.key-file", "${wire.pem}", "credentials.jwt.key-id", "tv-pem-1");
        client(application, "jwk", "tv-jwk", "credentials.jwt.key", "${wire.jwk}", "credentials.jwt.audience", "${wire.auth}");
        client(application, "vault", "tv-vault", "credentials.provider.name", "tv");
        client(application, "keyring", "tv-keyring", "credentials.provider.name", "tv", "credentials.provider.keyring-name",
                "keyring", "credentials.provider.key", "device-secret", "credentials.method", "post");
        client(application, "wrong-key", "tv-pem", "credentials.jwt.key", "${wire.jwk}");
        client(application, "wrong-secret", "tv-secret-jwt", "credentials.secret", "wr0ng-s3cret-of-more-than-32-characters",
                "credentials.method", "post-jwt");
        client(application, "no-keyring", "tv-keyring", "credentials.provider.name", "tv", "credentials.provider.keyring-name",
                "nobody");
        return application;
    }

    private static void client(QuarkusUnitTest application, String name, String clientId, String... keysAndValues) {
        WireApplication.client(application, name, keysAndValues);
        WireApplication.client(application, name, "client-id", clientId, "auth-server-url", "${wire.auth}", "scopes",
                "openid,offline_access", "polling.default-interval", "50MS", "polling.min-interval", "50MS");
    }

    /** Asked for each request. */
    @ApplicationScoped
    static class Vault implements CredentialsProvider {

        final AtomicInteger asked = new AtomicInteger();

        int asked() {
            return asked.get();
        }

        @Override
        public Map<String, String> getCredentials(String name) {
            asked.incrementAndGet();
            return Map.of(PASSWORD_PROPERTY_NAME, AuthenticatedClients.VAULT_SECRET, "for", name);
        }
    }

    /** Not the default one: it has another qualifier. */
    @ApplicationScoped
    @Named("keyring")
    @Identifier("keyring")
    static class Keyring implements CredentialsProvider {

        @Override
        public Map<String, String> getCredentials(String name) {
            return Map.of("device-secret", AuthenticatedClients.KEYRING_SECRET, PASSWORD_PROPERTY_NAME, "another");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            secret-jwt | HS256 | none
            pem        | RS256 | tv-pem-1
            jwk        | ES256 | tv-2024
            """)
    @DisplayName("by assertions (RFC 7523), each of which is used once: sign-in, refresh, userinfo, sign-out")
    void assertions(String name, String algorithm, String keyId) {
        List<Received> requests = life(name);
        assertThat(header(requests.get(0), "alg")).isEqualTo(algorithm);
        assertThat(header(requests.get(0), "kid")).isEqualTo(keyId);
        List<JwtClaims> assertions = new ArrayList<>();
        for (Received request : requests) {
            assertThat(request.header("authorization")).as("%s", request.path()).isEmpty();
            assertThat(request.form()).doesNotContainKey("client_secret").containsEntry("client_id", List.of("tv-" + name))
                    .containsEntry("client_assertion_type", List.of(ASSERTION_TYPE));
            assertions.add(claims(request.parameter("client_assertion").orElseThrow()));
        }
        assertThat(assertions).extracting(claims -> claims.getJwtId()).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(assertions).extracting(claims -> claims.getAudience())
                .containsOnly(List.of(name.equals("jwk") ? Wire.url("auth") : Wire.url("auth") + "/oauth/token"));
    }

    @Test
    @DisplayName("by the secret of a credentials provider, which is asked each time")
    void provided() {
        int before = vault.asked();
        List<Received> requests = life("vault");
        String basic = "tv-vault:" + AuthenticatedClients.VAULT_SECRET.replace(":", "%3A"); // RFC 6749 §2.3.1
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.header("authorization")).hasValue(
                    "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.US_ASCII)));
            assertThat(request.form()).doesNotContainKeys("client_id", "client_secret", "client_assertion");
        });
        assertThat(vault.asked() - before).isEqualTo(requests.size());
    }

    @Test
    @DisplayName("by the secret of a credentials provider that has a name, under a name of its own")
    void keyring() {
        assertThat(life("keyring")).allSatisfy(request -> {
            assertThat(request.header("authorization")).isEmpty();
            assertThat(request.parameter("client_id")).hasValue("tv-keyring");
            assertThat(request.parameter("client_secret")).hasValue(AuthenticatedClients.KEYRING_SECRET);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            wrong-key    | invalid_client (The assertion is not signed as this client signs), HTTP status 401. Check KEY.client-id, that the provider knows the public key, by KEY.credentials.jwt.key-id if it has several, and KEY.credentials.jwt.audience and KEY.credentials.jwt.signature-algorithm, which providers differ in
            wrong-secret | invalid_client (The assertion is not signed as this client signs), HTTP status 401. Check KEY.client-id and KEY.credentials.secret, and that KEY.credentials.method is the one that the provider expects
            """)
    @DisplayName("and is told what to look at when the server doesn't accept it")
    void refused(String name, String message) {
        InvalidClientException problem = catchThrowableOfType(InvalidClientException.class, () -> client(name).start());
        observer.log(problem);
        assertThat(problem).hasMessage("The authorization server refused to start a device authorization for client '" + name
                + "': " + message.replace("KEY", "quarkus.device-authorization.\"" + name + "\""));
    }

    @Test
    @DisplayName("and is told when there is no such credentials provider")
    void noKeyring() {
        AuthorizationServerException problem = catchThrowableOfType(AuthorizationServerException.class, noKeyring::start);
        observer.log(problem);
        assertThat(problem).hasMessage("The authorization server of client 'no-keyring' can't be asked: " + Wire.url("auth")
                + " can't be reached as configured: quarkus.device-authorization.\"no-keyring\".credentials.provider.keyring-name:"
                + " there is no credentials provider 'nobody'. Add an extension or a bean that is one, or set"
                + " quarkus.device-authorization.\"no-keyring\".credentials.secret");
    }

    /** A whole life of tokens. Returns the requests to which the client authenticates. */
    private List<Received> life(String name) {
        DeviceAuthorization client = client(name);
        int seen = Wire.requests("auth").size();
        PendingAuthorization pending = client.start(AuthorizationRequest.builder().nonce("n-0nce").build());
        Wire.script("auth", "pending", "times", "3");
        Wire.script("auth", "approve", "user", "bob");
        Tokens first = client.await(pending);
        Tokens second = client.refresh(first);
        assertThat(client.userInfo().subject()).isEqualTo(second.identity().orElseThrow().getSubject());
        client.logout();
        for (Object shown : new Object[] { pending, first, second }) {
            observer.log(shown);
        }
        Map<String, Integer> counted = new LinkedHashMap<>();
        List<Received> authenticated = Wire.requests("auth").stream().skip(seen)
                .filter(request -> request.method().equals("POST")).toList();
        authenticated.forEach(request -> counted.merge(request.path(), 1, Integer::sum));
        assertThat(counted).isEqualTo(Map.of("/oauth/device/code", 1, "/oauth/token", 5, "/oauth/revoke", 1));
        return authenticated;
    }

    private DeviceAuthorization client(String name) {
        return Map.of("secret-jwt", secretJwt, "pem", pem, "jwk", jwk, "vault", byVault, "keyring", byKeyring, "wrong-key",
                wrongKey, "wrong-secret", wrongSecret).get(name);
    }

    private static JwtClaims claims(String assertion) {
        try {
            return new JwtConsumerBuilder().setSkipAllValidators().setSkipSignatureVerification().build()
                    .processToClaims(assertion);
        } catch (InvalidJwtException e) {
            throw new AssertionError("no JWT");
        }
    }

    private static String header(Received request, String name) {
        try {
            return JsonWebStructure.fromCompactSerialization(request.parameter("client_assertion").orElseThrow())
                    .getHeader(name);
        } catch (JoseException e) {
            throw new AssertionError("no JWT");
        }
    }
}
