package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.InvalidClientException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Clients that sign who they are (RFC 7523). Keycloak takes an assertion once, and only one with the algorithm that the client
 * is registered for, so each request shows that it has a new one. Where the client has two keys, Keycloak has to be told which
 * one it signed with.
 */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class SigningClientTest {

    @Inject
    @DeviceAuthorizationName("jwt-pem")
    DeviceAuthorization byPem;

    @Inject
    @DeviceAuthorizationName("jwt-jwk")
    DeviceAuthorization byJwk;

    @Inject
    @DeviceAuthorizationName("jwt-key-store")
    DeviceAuthorization byKeyStore;

    @Inject
    @DeviceAuthorizationName("jwt-secret")
    DeviceAuthorization bySecret;

    @Inject
    @DeviceAuthorizationName("jwt-wrong-key")
    DeviceAuthorization wrongKey;

    @ConfigProperty(name = "keycloak.realm-url")
    String realmUrl;

    @Test
    void signsEachRequestWithAKeyFromAPemFile() {
        signsEachRequest(byPem, "jwt-pem", "client-jwt");
    }

    @Test
    void signsEachRequestWithAKeyFromAJwkFile() {
        signsEachRequest(byJwk, "jwt-jwk", "client-jwt");
    }

    @Test
    void signsEachRequestWithAKeyFromAKeyStore() {
        signsEachRequest(byKeyStore, "jwt-key-store", "client-jwt");
    }

    @Test
    void signsEachRequestWithTheSecret() {
        signsEachRequest(bySecret, "jwt-secret", "client-secret-jwt");
    }

    @Test
    void saysWhatToCheckWhenAnotherKeySigned() {
        InvalidClientException refused = catchThrowableOfType(InvalidClientException.class, wrongKey::start);

        assertThat(refused).hasMessageContaining("quarkus.device-authorization.\"jwt-wrong-key\".");
        assertThat(refused.error()).contains("invalid_client");
    }

    private void signsEachRequest(DeviceAuthorization client, String clientId, String method) {
        KeycloakEndpoints keycloak = new KeycloakEndpoints(realmUrl);
        WholeLife life = new WholeLife(client, clientId, keycloak);

        life.signIn();
        String accessToken = life.refresh().accessToken().value();
        life.signOut();

        keycloak.userInfo(accessToken).then().statusCode(401);
        List<KeycloakEvents.Event> requests = life.authenticatedRequests();
        assertThat(requests).extracting(KeycloakEvents.Event::clientAuthMethod).containsOnly(method);
        assertThat(requests).extracting(KeycloakEvents.Event::assertionId).doesNotContainNull().doesNotHaveDuplicates();
    }
}
