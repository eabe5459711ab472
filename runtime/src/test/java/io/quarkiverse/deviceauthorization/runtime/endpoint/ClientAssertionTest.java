package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.ws.rs.core.Response;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.smallrye.mutiny.Uni;

@DisplayName("R3, R14: A client that signs assertions (RFC 7523)")
class ClientAssertionTest {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final RecordingApi api = new RecordingApi();

    @TempDir
    Path folder;

    @Test
    @DisplayName("signs one for each request, for the token endpoint, good for ten seconds, and never sends its secret")
    void bySecret() throws Exception {
        String secret = "a secret of enough bytes for HS256";
        requests("credentials.secret", secret, "credentials.method", "post-jwt").all();

        Set<String> identifiers = new HashSet<>();
        for (RecordingApi.Sent sent : api.sent()) {
            JwtClaims claims = verified(sent, new HmacKey(secret.getBytes(StandardCharsets.UTF_8)), "HS256");
            assertThat(claims.getIssuer()).isEqualTo("tv");
            assertThat(claims.getSubject()).isEqualTo("tv");
            assertThat(claims.getAudience()).containsExactly("https://login.example.com/token");
            assertThat(claims.getIssuedAt().getValue()).isEqualTo(Answers.CLOCK.instant().getEpochSecond());
            assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue()).isEqualTo(10);
            assertThat(sent.authorization()).isNull();
            assertThat(sent.body()).doesNotContain("secret");
            identifiers.add(claims.getJwtId());
        }
        assertThat(identifiers).as("each is used once").hasSize(5);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({ "RSA, 2048, RS256", "EC, secp256r1, ES256", "EC, secp384r1, ES384", "EC, secp521r1, ES512",
            "Ed25519, Ed25519, EdDSA" })
    @DisplayName("by a private key in PEM, with the algorithm that fits it")
    void byPem(String type, String parameter, String algorithm) throws Exception {
        KeyPair pair = pair(type, parameter);
        Path file = Files.writeString(folder.resolve("key.pem"), "\n" + pem(pair) + "\n");
        requests("credentials.jwt.key-file", file.toString(), "credentials.jwt.key-id", "k1").all();

        for (RecordingApi.Sent sent : api.sent()) {
            verified(sent, pair.getPublic(), algorithm);
            assertThat(signature(sent).getKeyIdHeaderValue()).isEqualTo("k1");
        }
    }

    @Test
    @DisplayName("by a JWK, whose id and algorithm it names")
    void byJwk() throws Exception {
        KeyPair pair = pair("RSA", "2048");
        requests("credentials.jwt.key", jwk(pair, "k7", "PS256")).start(AuthorizationRequest.defaults());

        verified(api.only(), pair.getPublic(), "PS256");
        assertThat(signature(api.only()).getKeyIdHeaderValue()).isEqualTo("k7");
    }

    @Test
    @DisplayName("by one key of a set, with another algorithm, audience and life than by default")
    void byJwkSet() throws Exception {
        KeyPair first = pair("RSA", "2048");
        KeyPair second = pair("RSA", "2048");
        requests("credentials.jwt.key", "{\"keys\":[" + jwk(first, "k1", "RS256") + "," + jwk(second, "k2", "RS256") + "]}",
                "credentials.jwt.key-id", "k2", "credentials.jwt.signature-algorithm", "RS512", "credentials.jwt.audience",
                "https://login.example.com/", "credentials.jwt.lifespan", "1M").start(AuthorizationRequest.defaults());

        JwtClaims claims = verified(api.only(), second.getPublic(), "RS512");
        assertThat(claims.getAudience()).containsExactly("https://login.example.com/");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue()).isEqualTo(60);
    }

    @Test
    @DisplayName("by the only key of a key store, with the thumbprint of its certificate")
    void byKeyStore() throws Exception {
        Certificate certificate = keyStore("keys.p12", "one");
        requests("credentials.jwt.key-store-file", folder.resolve("keys.p12").toString(),
                "credentials.jwt.key-store-password", "changeit").start(AuthorizationRequest.defaults());

        verified(api.only(), certificate.getPublicKey(), "RS256");
        assertThat(signature(api.only()).getX509CertSha256ThumbprintHeaderValue()).isNotBlank();
    }

    @Test
    @DisplayName("by one key of a key store, and says which one")
    void byOneKeyOfAKeyStore() throws Exception {
        keyStore("two.p12", "one", "two");
        requests("credentials.jwt.key-store-file", folder.resolve("two.p12").toString(),
                "credentials.jwt.key-store-password", "changeit", "credentials.jwt.key-id", "two")
                .start(AuthorizationRequest.defaults());

        assertThat(signature(api.only()).getKeyIdHeaderValue()).isEqualTo("two");
    }

    @Test
    @DisplayName("reads its key again when it could not be read")
    void keyThatComesLater() throws Exception {
        KeyPair pair = pair("RSA", "2048");
        Path file = folder.resolve("later.pem");
        RequestsOf requests = requests("credentials.jwt.key-file", file.toString());
        assertThatThrownBy(() -> requests.start(AuthorizationRequest.defaults()))
                .isInstanceOf(AuthorizationServerException.class);

        Files.writeString(file, pem(pair));
        requests.start(AuthorizationRequest.defaults());
        verified(api.only(), pair.getPublic(), "RS256");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            no key at all                                       | is no private key. Write PEM that begins with -----BEGIN PRIVATE KEY-----, or a JWK
            -----BEGIN RSA PRIVATE KEY-----                     | is not in the format PKCS #8. Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem
            -----BEGIN ENCRYPTED PRIVATE KEY-----               | is encrypted. Decrypt it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem, or put it into a key store with a password, and set credentials.jwt.key-store-file
            {"kty":"RSA","n":"x"}                               | is no JWK (RFC 7517). Write a JSON object with kty and the members of a private key
            {"keys":"s3cret"}                                   | is no JWK (RFC 7517). Write a JSON object with kty and the members of a private key
            {"keys":["s3cret"]}                                 | is no JWK (RFC 7517). Write a JSON object with kty and the members of a private key
            {"keys":[]}                                         | holds no private key. Set credentials.jwt.key-id to one of its keys
            {"kty":"EC","crv":"P-256","x":"WKn-ZIGevcwGIyyrzFoZNBdaq9_TsqzGl96oc0CWuis","y":"y77t-RvAHRKTsSGdIYUfweuOvwrvDD-Q3Hv5J0fSKbE"} | holds no private key. Set credentials.jwt.key-id to one of its keys
            """)
    @DisplayName("says what is wrong with its key, and nothing of it")
    void uselessKey(String key, String message) {
        assertThatThrownBy(() -> requests("credentials.jwt.key", key).start(AuthorizationRequest.defaults()))
                .hasMessageEndingWith("can't be reached as configured: quarkus.device-authorization.credentials.jwt.key "
                        + message);
        assertThat(api.sent()).isEmpty();
    }

    @Test
    @DisplayName("says which alias to choose, which password to check, and which algorithm doesn't fit")
    void uselessKeyStore() throws Exception {
        keyStore("two.p12", "one", "two");
        assertThatThrownBy(() -> requests("credentials.jwt.key-store-file", folder.resolve("two.p12").toString(),
                "credentials.jwt.key-store-password", "changeit").start(AuthorizationRequest.defaults()))
                .hasMessageEndingWith(
                        "credentials.jwt.key-id is missing, and the key store has 2 keys. Set it to the alias of one");
        assertThatThrownBy(() -> requests("credentials.jwt.key-store-file", folder.resolve("two.p12").toString(),
                "credentials.jwt.key-store-password", "wrong").start(AuthorizationRequest.defaults()))
                .hasMessageContaining("credentials.jwt.key-store-file can't be read")
                .hasMessageEndingWith("Check that the file is there, who may read it, and credentials.jwt.key-store-password");
        assertThatThrownBy(() -> requests("credentials.jwt.key", pem(pair("RSA", "2048")),
                "credentials.jwt.signature-algorithm", "ES256").start(AuthorizationRequest.defaults()))
                .hasMessageContaining("credentials.jwt.signature-algorithm: 'ES256' can't be used with this key");
    }

    @Test
    @DisplayName("says what is wrong with a key store that is none, and with an alias that is not of a private key")
    void noKeyStore() throws Exception {
        Certificate certificate = keyStore("one.p12", "one");
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", certificate);
        try (OutputStream file = Files.newOutputStream(folder.resolve("certificates.p12"))) {
            certificates.store(file, "changeit".toCharArray());
        }
        Files.writeString(folder.resolve("text.p12"), "no key store");

        refused("missing.p12", "credentials.jwt.key-store-file can't be read (there is no file " + folder.resolve("missing.p12")
                + "). Set it to the path of the key store");
        refused("certificates.p12",
                "credentials.jwt.key-id is missing, and the key store has 0 keys. Set it to the alias of one");
        refused("certificates.p12", "credentials.jwt.key-id 'server' is no private key in the key store. Set it to the alias of"
                + " one", "credentials.jwt.key-id", "server");
        refused("one.p12",
                "credentials.jwt.key-id 'two' is no private key in the key store. Set it to the alias of one",
                "credentials.jwt.key-id", "two");
        refused("one.p12", "Check that it is PKCS #12 or JKS, credentials.jwt.key-store-password and"
                + " credentials.jwt.key-password", "credentials.jwt.key-password", "wrong");
        refused("text.p12", "Check that it is PKCS #12 or JKS, credentials.jwt.key-store-password and"
                + " credentials.jwt.key-password");
    }

    private void refused(String file, String message, String... more) {
        List<String> keys = new ArrayList<>(List.of("credentials.jwt.key-store-file", folder.resolve(file).toString(),
                "credentials.jwt.key-store-password", "changeit"));
        keys.addAll(List.of(more));
        assertThatThrownBy(() -> requests(keys.toArray(String[]::new)).start(AuthorizationRequest.defaults()))
                .isInstanceOf(AuthorizationServerException.class).hasMessageEndingWith(message)
                .hasMessageNotContaining("changeit");
        assertThat(api.sent()).isEmpty();
    }

    @Test
    @DisplayName("says that a key file is missing, or is none that holds text, and how to make one that does")
    void noKeyFile() throws Exception {
        assertThatThrownBy(() -> requests("credentials.jwt.key-file", folder.resolve("key.pem").toString())
                .start(AuthorizationRequest.defaults()))
                .hasMessageContaining("credentials.jwt.key-file can't be read (java.nio.file.NoSuchFileException: ")
                .hasMessageEndingWith("Check that the file is there, and who may read it");
        Files.write(folder.resolve("key.der"), pair("RSA", "2048").getPrivate().getEncoded());
        assertThatThrownBy(() -> requests("credentials.jwt.key-file", folder.resolve("key.der").toString())
                .start(AuthorizationRequest.defaults()))
                .hasMessageEndingWith("credentials.jwt.key-file is no text. Write PEM, as openssl pkcs8 -inform DER -nocrypt"
                        + " -in key.der -out key.pem makes it of DER, or a JWK, or set credentials.jwt.key-store-file for a"
                        + " key store");
    }

    @Test
    @DisplayName("by no key of a set where none is named, or another is: it would be a guess")
    void noneOfASet() throws Exception {
        String set = "{\"keys\":[" + jwk(pair("RSA", "2048"), "k1", "RS256") + "," + jwk(pair("RSA", "2048"), "k2", "RS256")
                + "]}";
        assertThatThrownBy(() -> requests("credentials.jwt.key", set).start(AuthorizationRequest.defaults()))
                .hasMessageEndingWith("holds no private key. Set credentials.jwt.key-id to one of its keys");
        assertThatThrownBy(() -> requests("credentials.jwt.key", set, "credentials.jwt.key-id", "k3")
                .start(AuthorizationRequest.defaults()))
                .hasMessageEndingWith("holds no private key with the id 'k3'. Set credentials.jwt.key-id to one of its keys");
    }

    @Test
    @DisplayName("doesn't let the server quote its assertion")
    void quotedAssertion() throws Exception {
        KeyPair pair = pair("EC", "secp256r1");
        HttpAuthorizationServer server = Servers.of(Settings.of("credentials.jwt.key", pem(pair)),
                new AuthorizationServerApi() {
                    @Override
                    public Uni<Response> post(URI endpoint, OutgoingRequest request) {
                        String body = new String(request.body(), StandardCharsets.UTF_8);
                        return Uni.createFrom()
                                .item(RecordingApi.response(400, "application/json", "{\"error\":\"invalid_client\","
                                        + "\"error_description\":\"Bad " + RequestsOf.form(body).get("client_assertion")
                                        + "\"}", Map.of()));
                    }

                    @Override
                    public Uni<Response> get(URI resource, String authorization, String proof) {
                        throw new UnsupportedOperationException();
                    }
                }, Answers.CLOCK);
        assertThatThrownBy(() -> server.requestCodes(AuthorizationRequest.defaults()).await().atMost(Duration.ofSeconds(5)))
                .isInstanceOf(InvalidClientException.class).hasMessageContaining("invalid_client (Bad [hidden])");
    }

    private RequestsOf requests(String... keysAndValues) {
        return new RequestsOf(Servers.of(Settings.of(keysAndValues), api, Answers.CLOCK), api);
    }

    private static JsonWebSignature signature(RecordingApi.Sent sent) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setCompactSerialization(RequestsOf.form(sent.body()).get("client_assertion"));
        return signature;
    }

    private static JwtClaims verified(RecordingApi.Sent sent, Key key, String algorithm)
            throws JoseException, InvalidJwtException, MalformedClaimException {
        assertThat(RequestsOf.form(sent.body())).containsEntry("client_id", "tv").containsEntry("client_assertion_type", TYPE);
        JsonWebSignature signature = signature(sent);
        signature.setKey(key);
        assertThat(signature.getAlgorithmHeaderValue()).isEqualTo(algorithm);
        assertThat(signature.verifySignature()).isTrue();
        return JwtClaims.parse(signature.getPayload());
    }

    private static KeyPair pair(String type, String parameter) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (type.equals("RSA")) {
            generator.initialize(Integer.parseInt(parameter));
        } else if (type.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(parameter));
        }
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
    }

    private static String jwk(KeyPair pair, String id, String algorithm) throws JoseException {
        PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
        key.setPrivateKey(pair.getPrivate());
        key.setKeyId(id);
        key.setAlgorithm(algorithm);
        return key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE);
    }

    /** A key store with a key for each alias, made with the JDK's own tool. */
    private Certificate keyStore(String file, String... aliases) throws Exception {
        for (String alias : aliases) {
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-alias", alias, "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=tv", "-storetype",
                    "PKCS12", "-keystore", folder.resolve(file).toString(), "-storepass", "changeit").inheritIO().start();
            assertThat(keytool.waitFor()).isZero();
        }
        KeyStore store = KeyStore.getInstance(folder.resolve(file).toFile(), "changeit".toCharArray());
        return store.getCertificate(aliases[0]);
    }
}
