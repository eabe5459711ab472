package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * Clients with a secret. Each may send it in one way only, so that each of its requests (device authorization, token, refresh,
 * revocation) shows that it authenticates as configured.
 */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class ConfidentialClientTest {

    @Inject
    @DeviceAuthorizationName("by-basic")
    DeviceAuthorization byBasic;

    @Inject
    @DeviceAuthorizationName("by-post")
    DeviceAuthorization byPost;

    @ConfigProperty(name = "keycloak.realm-url")
    String realmUrl;

    @Test
    void authenticatesEachRequestByBasic() {
        signInRefreshAndSignOut(byBasic, "backend-basic");
    }

    @Test
    void authenticatesEachRequestByPost() {
        signInRefreshAndSignOut(byPost, "backend-post");
    }

    private void signInRefreshAndSignOut(DeviceAuthorization client, String clientId) {
        KeycloakEndpoints keycloak = new KeycloakEndpoints(realmUrl);
        WholeLife life = new WholeLife(client, clientId, keycloak);

        life.signIn();
        String accessToken = life.refresh().accessToken().value();
        life.signOut();

        keycloak.userInfo(accessToken).then().statusCode(401);
        assertThat(life.authenticatedRequests()).extracting(KeycloakEvents.Event::clientAuthMethod)
                .containsOnly("client-secret");
    }
}
