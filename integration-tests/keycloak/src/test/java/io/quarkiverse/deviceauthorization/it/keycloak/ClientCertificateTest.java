package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.containsString;

import java.security.cert.CertificateEncodingException;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A client that shows a certificate (RFC 8705), which Keycloak binds its tokens to. */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class ClientCertificateTest {

    @Inject
    @DeviceAuthorizationName("certificate")
    DeviceAuthorization certified;

    @Inject
    @DeviceAuthorizationName("certificate-of-stranger")
    DeviceAuthorization stranger;

    @Inject
    @DeviceAuthorizationName("certificate-missing")
    DeviceAuthorization withoutCertificate;

    @ConfigProperty(name = "keycloak.secure-realm-url")
    String realmUrl;

    @Test
    void showsTheCertificateWithEachRequest() throws CertificateEncodingException {
        KeycloakEndpoints keycloak = new KeycloakEndpoints(realmUrl);
        WholeLife life = new WholeLife(certified, "certificate", keycloak);
        String thumbprint = Jwk.sha256(TestKeys.ofThisRun().certificate("certificate").getEncoded());

        assertThat(thumbprint(life.signIn())).as("the certificate that Keycloak saw").isEqualTo(thumbprint);
        Tokens tokens = life.refresh();
        assertThat(thumbprint(tokens)).as("the certificate that Keycloak saw at the refresh").isEqualTo(thumbprint);
        life.signOut();
        assertThat(life.authenticatedRequests()).extracting(KeycloakEvents.Event::clientAuthMethod)
                .containsOnly("client-x509");

        keycloak.withCertificate("certificate.p12").userInfo(tokens.accessToken().value()).then().statusCode(401)
                .header("WWW-Authenticate", containsString("user_session_not_found"));
    }

    @Test
    void getsTokensThatAreOfNoUseWithoutTheCertificate() {
        DeviceAuthorization client = certified.forOwner("certificate-stolen");
        Tokens tokens = new KeycloakPerson("alice").signIn(client);
        KeycloakEndpoints keycloak = new KeycloakEndpoints(realmUrl);

        keycloak.userInfo(tokens.accessToken().value()).then().statusCode(401)
                .header("WWW-Authenticate", containsString("Client certificate missing"));
        assertThat(client.userInfo().text("preferred_username")).contains("alice");
    }

    @Test
    void saysThatTheCertificateIsNotTheClients() {
        assertThat(catchThrowableOfType(InvalidClientException.class, stranger::start))
                .hasMessageContaining("quarkus.device-authorization.\"certificate-of-stranger\".");
    }

    @Test
    void saysThatACertificateMayBeMissing() {
        assertThat(catchThrowableOfType(InvalidClientException.class, withoutCertificate::start))
                .hasMessageContaining("quarkus.device-authorization.\"certificate-missing\".");
    }

    private static String thumbprint(Tokens tokens) {
        return Jwt.claims(tokens.accessToken().value()).at("/cnf/x5t#S256").asText();
    }
}
