package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.net.URI;
import java.util.Optional;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.InvalidRequestException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Sign-ins that are bound to who started them: their flow by PKCE (RFC 7636), their tokens by a key (RFC 9449). */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class BoundSignInTest {

    @Inject
    @DeviceAuthorizationName("pkce-demanded")
    DeviceAuthorization withPkce;

    @Inject
    @DeviceAuthorizationName("pkce-missing")
    DeviceAuthorization withoutPkce;

    @Inject
    @DeviceAuthorizationName("dpop-bound")
    DeviceAuthorization withDpop;

    @Inject
    @DeviceAuthorizationName("dpop-missing")
    DeviceAuthorization withoutDpop;

    @ConfigProperty(name = "keycloak.realm-url")
    String realmUrl;

    private KeycloakEndpoints keycloak;

    @BeforeEach
    void endpoints() {
        keycloak = new KeycloakEndpoints(realmUrl);
    }

    @Test
    void provesThatItStartedTheFlowThatItFinishes() {
        WholeLife life = new WholeLife(withPkce, "pkce-demanded", keycloak);

        life.signIn();
        String accessToken = life.refresh().accessToken().value();
        life.signOut();

        keycloak.userInfo(accessToken).then().statusCode(401);
        assertThat(life.authenticatedRequests()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void saysThatPkceIsToBeSwitchedOn() {
        assertThat(catchThrowableOfType(InvalidRequestException.class, withoutPkce::start))
                .hasMessageContaining("Missing parameter: code_challenge_method");
    }

    @Test
    void provesTheKeyThatTheTokensAreBoundTo() {
        WholeLife life = new WholeLife(withDpop, "dpop-bound", keycloak);

        Tokens first = life.signIn();
        assertThat(first.tokenType()).isEqualTo("DPoP");
        Tokens second = life.refresh();
        assertThat(second.tokenType()).isEqualTo("DPoP");
        assertThat(thumbprint(second)).as("the key, to which the refreshed token is bound").isEqualTo(thumbprint(first));
        life.signOut();
        assertThat(life.authenticatedRequests()).hasSizeGreaterThanOrEqualTo(3);

        userInfo(second).then().statusCode(401).header("WWW-Authenticate", containsString("user_session_not_found"));
    }

    @Test
    void getsTokensThatAreOfNoUseWithoutTheKey() {
        DeviceAuthorization client = withDpop.forOwner("dpop-stolen");
        Tokens tokens = new KeycloakPerson("alice").signIn(client);

        keycloak.userInfo(tokens.accessToken().value()).then().statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"));
        keycloak.userInfo("DPoP", tokens.accessToken().value()).then().statusCode(401)
                .header("WWW-Authenticate", startsWith("DPoP"));
        userInfo(tokens).then().statusCode(200).body("preferred_username", equalTo("alice"));
        assertThat(client.userInfo().text("preferred_username")).contains("alice");
    }

    @Test
    void hasAKeyForEachSignIn() {
        Tokens one = new KeycloakPerson("alice").signIn(withDpop.forOwner("dpop-one"));
        Tokens other = new KeycloakPerson("alice").signIn(withDpop.forOwner("dpop-other"));

        assertThat(thumbprint(one)).isNotEqualTo(thumbprint(other));
    }

    @Test
    void saysThatDpopIsToBeSwitchedOn() {
        assertThat(catchThrowableOfType(InvalidRequestException.class,
                () -> new KeycloakPerson("alice").signIn(withoutDpop.forOwner("dpop-missing"))))
                .hasMessageContaining("DPoP proof is missing");
    }

    private Response userInfo(Tokens tokens) {
        URI userInfo = keycloak.userInfoEndpoint();
        return keycloak.withHeader("DPoP", tokens.dpopProof("GET", userInfo, Optional.empty()).orElseThrow())
                .userInfo("DPoP", tokens.accessToken().value());
    }

    private static String thumbprint(Tokens tokens) {
        return Jwt.claims(tokens.accessToken().value()).at("/cnf/jkt").asText();
    }
}
