package io.quarkiverse.deviceauthorization.runtime.config;

import static io.quarkiverse.deviceauthorization.runtime.config.Written.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A client authenticates in one way, and what is set for it belongs to that way")
class CredentialsCheckTest {

    /** The example key of RFC 8410 §10.3, which everybody knows. */
    private static final String PEM = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """;
    private static final String LONG_SECRET = "0123456789abcdef0123456789abcdef";

    private final Written written = Written.forDefault();

    @Test
    void aSecretAndABearerToken() {
        assertWrong(written.with("credentials.secret", "s3cret").with("credentials.bearer-token", "t0ken"),
                problem("credentials.bearer-token", "and credentials.secret are two ways to authenticate at once. Keep the one"
                        + " that the provider asks for"));
    }

    @Test
    void everyWayAtOnce() {
        assertWrong(written.with("credentials.secret", "${}").with("credentials.provider.name", "vault")
                .with("credentials.jwt.key-file", "key.pem").with("credentials.jwt.key-store-file", "${}")
                .with("credentials.bearer-token", "t0ken"),
                problem("credentials.jwt.key-store-file", "and credentials.jwt.key-file are two private keys at once. Keep one"
                        + " of them"),
                problem("credentials.provider.name", "and credentials.secret are two ways to authenticate at once. Keep the one"
                        + " that the provider asks for"),
                problem("credentials.jwt.key-file", "and credentials.secret are two ways to authenticate at once. Keep the one"
                        + " that the provider asks for"),
                problem("credentials.bearer-token", "and credentials.secret are two ways to authenticate at once. Keep the one"
                        + " that the provider asks for"));
    }

    @Test
    void aPrivateKeyAndACredentialsProvider() {
        assertWrong(written.with("credentials.provider.name", "vault").with("credentials.jwt.key", PEM),
                problem("credentials.jwt.key", "and credentials.provider.name are two ways to authenticate at once. Keep the"
                        + " one that the provider asks for"));
    }

    @Test
    void threePrivateKeys() {
        assertWrong(written.with("credentials.jwt.key", PEM).with("credentials.jwt.key-file", "key.pem")
                .with("credentials.jwt.key-store-file", "keys.p12"),
                problem("credentials.jwt.key-file", "and credentials.jwt.key are two private keys at once. Keep one of them"),
                problem("credentials.jwt.key-store-file", "and credentials.jwt.key are two private keys at once. Keep one of"
                        + " them"));
    }

    @Test
    void aMethodWithoutSecret() {
        assertWrong(written.with("credentials.method", "post"), problem("credentials.method", "says how a secret is used, but"
                + " there is none. Set quarkus.device-authorization.credentials.secret, or remove it for a public client"));
        assertWrong(written.with("credentials.secret", "${}"));
        assertWrong(written.with("credentials.secret", "").with("credentials.provider.name", "vault"));
    }

    @Test
    void aMethodBesideAPrivateKey() {
        assertWrong(written.with("credentials.method", "post-jwt").with("credentials.jwt.key-file", "key.pem"),
                problem("credentials.method", "says how a secret is used, but a private key is used in its place. Remove one of"
                        + " them"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/etc/keys/client.pem", "my-key", "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----" })
    void aPrivateKeyThatIsNone(String key) {
        assertWrong(written.with("credentials.jwt.key", key), problem("credentials.jwt.key", "is no private key. Write PEM that"
                + " begins with -----BEGIN PRIVATE KEY-----, or a JWK, or set"
                + " quarkus.device-authorization.credentials.jwt.key-file for a file"));
    }

    @ParameterizedTest
    @ValueSource(strings = { PEM, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"a\"}", "\n {\"keys\":[]}", "${}",
            "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC" })
    void aPrivateKeyInEachForm(String key) {
        assertWrong(written.with("credentials.jwt.key", key));
    }

    @Test
    void passwordsWithoutKeyStore() {
        assertWrong(written.with("credentials.jwt.key-file", "key.pem").with("credentials.jwt.key-store-password", "s3cret")
                .with("credentials.jwt.key-password", "s3cret"),
                problem("credentials.jwt.key-store-password", "belongs to a key store, but there is none. Set"
                        + " quarkus.device-authorization.credentials.jwt.key-store-file, or remove it"),
                problem("credentials.jwt.key-password", "belongs to a key store, but there is none. Set"
                        + " quarkus.device-authorization.credentials.jwt.key-store-file, or remove it"));
        assertWrong(written.with("credentials.jwt.key-file", "").with("credentials.jwt.key-store-file", "keys.p12"));
    }

    @Test
    void partsOfAnAssertionThatIsNotSent() {
        written.with("credentials.jwt.key-id", "k1").with("credentials.jwt.audience", "https://login.example.com")
                .with("credentials.jwt.signature-algorithm", "ES256").with("credentials.jwt.lifespan", "10S");
        String keyId = problem("credentials.jwt.key-id", "says which private key it is, but there is none. Set"
                + " quarkus.device-authorization.credentials.jwt.key-file or another key, or remove it");
        String cure = "belongs to an assertion, but none is sent. Set quarkus.device-authorization.credentials.jwt.key-file or"
                + " another key, or quarkus.device-authorization.credentials.method=post-jwt to sign by a secret, or remove it";
        assertWrong(written, keyId, problem("credentials.jwt.audience", cure),
                problem("credentials.jwt.signature-algorithm", cure));
        assertWrong(written.with("credentials.secret", LONG_SECRET).with("credentials.method", "${}"), keyId);
        assertWrong(written.with("credentials.secret", "").with("credentials.method", "")
                .with("credentials.jwt.key-file", "${}"));
    }

    @Test
    void partsOfACredentialsProviderThatIsNotUsed() {
        assertWrong(written.with("credentials.provider.key", "secret").with("credentials.provider.keyring-name", "vault"),
                problem("credentials.provider.key", "belongs to a credentials provider, but none is used. Set"
                        + " quarkus.device-authorization.credentials.provider.name, or remove it"),
                problem("credentials.provider.keyring-name", "belongs to a credentials provider, but none is used. Set"
                        + " quarkus.device-authorization.credentials.provider.name, or remove it"));
        assertWrong(written.with("credentials.provider.name", "tv"));
        assertWrong(Written.forDefault().with("credentials.provider.key", "password")); // the default
    }

    @ParameterizedTest
    @ValueSource(strings = { "HS256", "none", "rs256", "ES256K", "EC" })
    void anAlgorithmThatIsNotForAPrivateKey(String algorithm) {
        assertWrong(written.with("credentials.jwt.key-file", "key.pem").with("credentials.jwt.signature-algorithm", algorithm),
                problem("credentials.jwt.signature-algorithm",
                        "'" + algorithm + "' is no algorithm for a private key. Write one"
                                + " of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "RS256", "none", "hs256" })
    void anAlgorithmThatIsNotForASecret(String algorithm) {
        assertWrong(written.with("credentials.secret", LONG_SECRET).with("credentials.method", "POST_JWT")
                .with("credentials.jwt.signature-algorithm", algorithm),
                problem("credentials.jwt.signature-algorithm", "'" + algorithm + "' is no algorithm for a client secret. Write"
                        + " one of HS256, HS384, HS512"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "RS512", "PS256", "ES384", "EdDSA", "${}" })
    void algorithmsForAPrivateKey(String algorithm) {
        assertWrong(written.with("credentials.jwt.key-file", "key.pem")
                .with("credentials.jwt.signature-algorithm", algorithm).with("credentials.jwt.key-id", "k1"));
    }

    @ParameterizedTest
    @CsvSource({ "HS256,32", "HS384,48", "HS512,64" })
    void aSecretThatIsTooShortToSign(String algorithm, int bytes) {
        written.with("credentials.method", "post-jwt").with("credentials.jwt.signature-algorithm", algorithm);
        assertWrong(written.with("credentials.secret", "x".repeat(bytes - 1)),
                problem("credentials.secret", "is too short to sign by " + algorithm + ", which takes " + bytes
                        + " bytes or more (RFC 7518 §3.2). Let the provider issue a longer one, or choose another"
                        + " quarkus.device-authorization.credentials.method"));
        assertWrong(written.with("credentials.secret", "x".repeat(bytes)));
    }

    @Test
    void theShortestSecretIsThatOfTheAlgorithmThatIsUsedByDefault() {
        written.with("credentials.method", "post-jwt");
        assertThat(written.with("credentials.secret", "s3cret").wrong(true)).singleElement().asString()
                .contains("is too short to sign by HS256").doesNotContain("s3cret");
        assertWrong(written.with("credentials.secret", "${}"));
        assertWrong(written.with("credentials.secret", "ä".repeat(16)));
        assertWrong(written.with("credentials.secret", "s3cret").with("credentials.method", "post"));
    }

    @Test
    void anAssertionIsGoodForAShortTime() {
        assertWrong(written.with("credentials.jwt.lifespan", "601S"), problem("credentials.jwt.lifespan", "'601S' is too long,"
                + " since each request has an assertion of its own. Write at most 10M"));
        assertWrong(written.with("credentials.jwt.lifespan", "0"), problem("credentials.jwt.lifespan", "'0' is too short. Write"
                + " a duration above zero"));
        assertWrong(written.with("credentials.jwt.lifespan", "short"), problem("credentials.jwt.lifespan", "'short' is not a"
                + " duration. Write for example 5S, 2M or PT1M30S"));
        assertWrong(written.with("credentials.jwt.lifespan", "10M"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "credentials.secret", "credentials.bearer-token", "credentials.provider.name",
            "credentials.jwt.key-file", "credentials.jwt.key-store-file" })
    void whiteSpaceThatCameAlong(String member) {
        assertWrong(written.with(member, "s3cret\n"), problem(member, "begins or ends with white space, often a line break of"
                + " the file it was read from. Remove it"));
        assertWrong(written.with(member, " "), problem(member, "is blank. Give it a value or remove it"));
    }

    @Test
    void noSecretIsRepeated() {
        for (String member : List.of("key", "key-store-password", "key-password", "key-file", "key-id", "audience")) {
            assertThat(Written.forDefault().with("credentials.jwt." + member, "s3cret ").wrong(true)).isNotEmpty()
                    .noneMatch(text -> text.contains("s3cret"));
        }
    }

    private static void assertWrong(Written written, String... problems) {
        assertThat(written.wrong(true)).containsExactly(problems);
    }
}
