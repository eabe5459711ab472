package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/**
 * Proves the harness itself, without the extension: Keycloak refuses what its clients must not leave out, so a sign-in that
 * succeeds shows that nothing was left out.
 */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class KeycloakDemandsTest {

    private static final String VERIFIER = "a-verifier-of-forty-three-or-more-characters-as-rfc-7636-has-it";
    private static final String SECRET = "backend-secret-of-thirty-two-or-more-characters";

    private final TestKeys keys = TestKeys.ofThisRun();

    @ConfigProperty(name = "keycloak.realm-url")
    String realmUrl;

    @ConfigProperty(name = "keycloak.secure-realm-url")
    String secureRealmUrl;

    private KeycloakEndpoints keycloak;
    private KeycloakEndpoints secure;

    @BeforeEach
    void endpoints() {
        keycloak = new KeycloakEndpoints(realmUrl);
        secure = new KeycloakEndpoints(secureRealmUrl);
    }

    @Test
    void tellsWhereToShowACertificate() {
        secure.metadata().then().statusCode(200)
                .body("issuer", equalTo(secureRealmUrl))
                .body("mtls_endpoint_aliases.device_authorization_endpoint",
                        equalTo(secureRealmUrl + "/protocol/openid-connect/auth/device"))
                .body("mtls_endpoint_aliases.token_endpoint", equalTo(secure.tokenEndpoint().toString()));
    }

    @Test
    void demandsACodeChallenge() {
        keycloak.deviceAuthorization("pkce-demanded", "openid").then().statusCode(400)
                .body("error_description", equalTo("Missing parameter: code_challenge_method"));
        keycloak.with("code_challenge", VERIFIER).with("code_challenge_method", "plain")
                .deviceAuthorization("pkce-demanded", "openid").then().statusCode(400)
                .body("error_description", containsString("code challenge method is not matching the configured one"));
    }

    @Test
    void demandsTheVerifierOfTheCodeChallenge() {
        JsonPath flow = started(keycloak.with("code_challenge", Jwk.sha256(VERIFIER.getBytes(StandardCharsets.US_ASCII)))
                .with("code_challenge_method", "S256"), "pkce-demanded");
        new KeycloakPerson("alice").approve(uri(flow));

        polled(keycloak, "pkce-demanded", flow).then().statusCode(400)
                .body("error_description", equalTo("PKCE code verifier not specified"));
        polled(keycloak.with("code_verifier", VERIFIER + "x"), "pkce-demanded", flow).then().statusCode(400)
                .body("error_description", equalTo("PKCE verification failed: Code mismatch"));
        polled(keycloak.with("code_verifier", VERIFIER), "pkce-demanded", flow).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({ "jwt-pem, RS256", "jwt-jwk, ES256", "jwt-key-store, PS256" })
    void demandsAnAssertionThatIsSignedAsTheClientHasToSign(String clientId, String algorithm) {
        keycloak.deviceAuthorization(clientId, "openid").then().statusCode(400)
                .body("error", equalTo("invalid_client"))
                .body("error_description", equalTo("Parameter client_assertion_type is missing"));
        keycloak.withAssertion(Jwt.assertion(clientId, realmUrl, SECRET)).deviceAuthorization(clientId, "openid")
                .then().statusCode(400).body("error_description", equalTo("Invalid signature algorithm"));

        started(keycloak.withAssertion(Jwt.assertion(clientId, realmUrl, algorithm, keys.privateKey(clientId))), clientId);
    }

    @Test
    void demandsTheKeyOfTheClient() {
        keycloak.withAssertion(Jwt.assertion("jwt-pem", realmUrl, "RS256", keys.privateKey("jwt-key-store")))
                .deviceAuthorization("jwt-pem", "openid").then().statusCode(400).body("error", equalTo("invalid_client"));
    }

    @ParameterizedTest
    @CsvSource({ "jwt-jwk, ES256", "jwt-key-store, PS256" })
    void demandsToKnowWhichKeySignedWhereThereAreMore(String clientId, String algorithm) {
        keycloak.withAssertion(Jwt.assertionWithoutKeyId(clientId, realmUrl, algorithm, keys.privateKey(clientId)))
                .deviceAuthorization(clientId, "openid").then().statusCode(400).body("error", equalTo("invalid_client"));
    }

    @Test
    void demandsAnAssertionForEachRequest() {
        KeycloakEndpoints once = keycloak
                .withAssertion(Jwt.assertion("jwt-pem", realmUrl, "RS256", keys.privateKey("jwt-pem")));
        JsonPath flow = started(once, "jwt-pem");

        once.deviceToken("jwt-pem", flow.getString("device_code")).then().statusCode(400)
                .body("error_description", equalTo("Token reuse detected"));
    }

    @Test
    void demandsItsIssuerOrTokenEndpointAsTheAudience() {
        started(keycloak.withAssertion(assertionFor(keycloak.tokenEndpoint().toString())), "jwt-pem");
        keycloak.withAssertion(assertionFor(realmUrl + "/protocol/openid-connect/auth/device"))
                .deviceAuthorization("jwt-pem", "openid").then().statusCode(400)
                .body("error_description", equalTo("Invalid token audience"));
    }

    @Test
    void demandsAnAssertionThatIsSignedWithTheSecret() {
        keycloak.with("client_secret", SECRET).deviceAuthorization("jwt-secret", "openid").then().statusCode(400)
                .body("error", equalTo("invalid_client"));
        keycloak.withAssertion(Jwt.assertion("jwt-secret", realmUrl, SECRET + "x")).deviceAuthorization("jwt-secret", "openid")
                .then().statusCode(400).body("error", equalTo("unauthorized_client"));

        started(keycloak.withAssertion(Jwt.assertion("jwt-secret", realmUrl, SECRET)), "jwt-secret");
    }

    @Test
    void demandsTheCertificateOfTheClient() {
        for (KeycloakEndpoints endpoints : new KeycloakEndpoints[] { keycloak, secure,
                secure.withCertificate("stranger.p12") }) {
            endpoints.deviceAuthorization("certificate", "openid").then().statusCode(401)
                    .body("error", equalTo("invalid_client"));
        }

        started(secure.withCertificate("certificate.p12"), "certificate");
    }

    @Test
    void demandsTheCertificateThatTheTokensAreBoundTo() throws CertificateEncodingException {
        KeycloakEndpoints certified = secure.withCertificate("certificate.p12");
        JsonPath flow = started(certified, "certificate");
        new KeycloakPerson("alice").approve(uri(flow));
        polled(secure, "certificate", flow).then().statusCode(401);

        JsonPath tokens = polled(certified, "certificate", flow).then().statusCode(200).extract().jsonPath();

        String accessToken = tokens.getString("access_token");
        assertThat(Jwt.claims(accessToken).at("/cnf/x5t#S256").asText())
                .isEqualTo(Jwk.sha256(keys.certificate("certificate").getEncoded()));
        secure.userInfo(accessToken).then().statusCode(401)
                .header("WWW-Authenticate", containsString("Client certificate missing"));
        assertThat(certified.userOf(accessToken)).isEqualTo("alice");
        secure.refresh("certificate", tokens.getString("refresh_token")).then().statusCode(401);
    }

    @Test
    void demandsAProofOfTheKeyThatTheTokensAreBoundTo() throws GeneralSecurityException {
        KeyPair key = keyPair();
        URI token = keycloak.tokenEndpoint();
        JsonPath flow = started(keycloak, "dpop-bound");
        new KeycloakPerson("alice").approve(uri(flow));
        polled(keycloak, "dpop-bound", flow).then().statusCode(400).body("error", equalTo("invalid_request"))
                .body("error_description", equalTo("DPoP proof is missing"));

        JsonPath tokens = polled(keycloak.withHeader("DPoP", Jwt.dpopProof(key, "POST", token)), "dpop-bound", flow)
                .then().statusCode(200).body("token_type", equalTo("DPoP")).extract().jsonPath();

        String accessToken = tokens.getString("access_token");
        assertThat(Jwt.claims(accessToken).at("/cnf/jkt").asText()).isEqualTo(Jwk.thumbprint(key.getPublic()));
        keycloak.userInfo(accessToken).then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer"));
        keycloak.userInfo("DPoP", accessToken).then().statusCode(401).header("WWW-Authenticate", startsWith("DPoP"));
        keycloak.withHeader("DPoP", Jwt.dpopProof(key, "GET", keycloak.userInfoEndpoint(), accessToken))
                .userInfo("DPoP", accessToken).then().statusCode(200).body("preferred_username", equalTo("alice"));
        String refreshToken = tokens.getString("refresh_token");
        keycloak.refresh("dpop-bound", refreshToken).then().statusCode(400)
                .body("error_description", equalTo("DPoP proof is missing"));
        keycloak.withHeader("DPoP", Jwt.dpopProof(keyPair(), "POST", token)).refresh("dpop-bound", refreshToken)
                .then().statusCode(400).body("error_description", equalTo("DPoP confirmation doesn't match DPoP proof"));
    }

    @Test
    void demandsAFreshProofForEachRequest() throws GeneralSecurityException {
        KeycloakEndpoints once = keycloak.withHeader("DPoP", Jwt.dpopProof(keyPair(), "POST", keycloak.tokenEndpoint()));
        JsonPath flow = started(keycloak, "dpop-bound");
        polled(once, "dpop-bound", flow).then().statusCode(400).body("error", equalTo("authorization_pending"));

        polled(once, "dpop-bound", flow).then().statusCode(400)
                .body("error_description", equalTo("DPoP proof has already been used"));
    }

    @Test
    void demandsThatThePersonApprovesAtTheAddressThatTheApplicationUses() {
        JsonPath flow = started(keycloak, "television");
        // Without a fixed host name the issuer of the tokens is the address of the page
        new KeycloakPerson("alice").approve(URI.create(flow.getString("verification_uri_complete")
                .replace(realmUrl, secureRealmUrl)));

        JsonPath tokens = polled(keycloak, "television", flow).then().statusCode(200).extract().jsonPath();

        assertThat(Jwt.claims(tokens.getString("id_token")).get("iss").asText()).isEqualTo(secureRealmUrl);
        keycloak.refresh("television", tokens.getString("refresh_token")).then().statusCode(400)
                .body("error_description", startsWith("Invalid token issuer"));
    }

    @Test
    void repeatsTheNonceInTheIdToken() {
        JsonPath flow = started(keycloak.with("nonce", "a-nonce"), "television");
        new KeycloakPerson("alice").approve(uri(flow));

        JsonPath tokens = polled(keycloak, "television", flow).then().statusCode(200).extract().jsonPath();

        assertThat(Jwt.claims(tokens.getString("id_token")).get("nonce").asText()).isEqualTo("a-nonce");
        String refreshed = keycloak.refresh("television", tokens.getString("refresh_token")).then().statusCode(200)
                .extract().path("id_token");
        assertThat(Jwt.claims(refreshed).has("nonce")).as("a nonce in the ID token of a refresh").isFalse();
    }

    @Test
    void notesWhoAuthenticatedHow() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        keycloak.withAssertion(Jwt.assertion("jwt-pem", realmUrl, "RS256", keys.privateKey("jwt-pem")))
                .refresh("jwt-pem", "nonsense").then().statusCode(400).body("error", equalTo("invalid_grant"));

        assertThat(new KeycloakEvents(keycloak).of("jwt-pem", before)).anySatisfy(event -> {
            assertThat(event.type()).isEqualTo("REFRESH_TOKEN_ERROR");
            assertThat(event.clientAuthMethod()).isEqualTo("client-jwt");
            assertThat(event.assertionId()).isNotBlank();
        });
    }

    private String assertionFor(String audience) {
        return Jwt.assertion("jwt-pem", audience, "RS256", keys.privateKey("jwt-pem"));
    }

    private static JsonPath started(KeycloakEndpoints endpoints, String clientId) {
        return endpoints.deviceAuthorization(clientId, "openid").then().statusCode(200).extract().jsonPath();
    }

    /** Asks for the tokens, not faster than Keycloak allows. */
    private static Response polled(KeycloakEndpoints endpoints, String clientId, JsonPath flow) {
        return await("an answer other than slow_down").atMost(Duration.ofSeconds(10)).until(
                () -> endpoints.deviceToken(clientId, flow.getString("device_code")),
                answer -> !answer.asString().contains("slow_down"));
    }

    private static URI uri(JsonPath flow) {
        return URI.create(flow.getString("verification_uri_complete"));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
