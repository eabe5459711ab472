package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.Tokens;
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
        signInRefreshAndSignOut(byBasic);
    }

    @Test
    void authenticatesEachRequestByPost() {
        signInRefreshAndSignOut(byPost);
    }

    private void signInRefreshAndSignOut(DeviceAuthorization client) {
        KeycloakEndpoints keycloak = new KeycloakEndpoints(realmUrl);
        Tokens first = new KeycloakPerson("alice").signIn(client);
        assertThat(keycloak.userOf(first.accessToken().value())).isEqualTo("alice");
        RefreshDue.await(first);

        Tokens second = client.tokens();
        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        String accessToken = second.accessToken().value();
        assertThat(keycloak.userOf(accessToken)).isEqualTo("alice");

        client.logout();
        assertThatThrownBy(client::tokens).isInstanceOf(AuthorizationRequiredException.class);
        keycloak.userInfo(accessToken).then().statusCode(401);
    }
}
