package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.net.URI;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** Proves the harness itself, without the extension: the server, its realm, and the person who uses its pages. */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class KeycloakPersonTest {

    private static final String CLIENT = "television";

    @ConfigProperty(name = "keycloak.realm-url")
    String realmUrl;

    private KeycloakEndpoints keycloak;
    private JsonPath flow;

    @BeforeEach
    void startFlow() {
        keycloak = new KeycloakEndpoints(realmUrl);
        flow = keycloak.deviceAuthorization(CLIENT, "openid").then().statusCode(200).extract().jsonPath();
    }

    @Test
    void isWaitedForByTheFlow() {
        keycloak.deviceToken(CLIENT, flow.getString("device_code"))
                .then().statusCode(400).body("error", equalTo("authorization_pending"));
    }

    @Test
    void approvesByTheLinkWithTheCode() {
        new KeycloakPerson("alice").approve(uri("verification_uri_complete"));

        assertThat(userOfTheTokens()).isEqualTo("alice");
    }

    @Test
    void approvesByEnteringTheCode() {
        new KeycloakPerson("bob").approve(uri("verification_uri"), flow.getString("user_code"));

        assertThat(userOfTheTokens()).isEqualTo("bob");
    }

    @Test
    void isToldThatACodeIsWrong() {
        assertThat(new KeycloakPerson("alice").enterAnyCode(uri("verification_uri"), "AAAA-AAAA"))
                .contains("Invalid code, please try again.");
    }

    @Test
    void denies() {
        new KeycloakPerson("alice").deny(uri("verification_uri_complete"));

        keycloak.deviceToken(CLIENT, flow.getString("device_code"))
                .then().statusCode(400).body("error", equalTo("access_denied"));
    }

    @Test
    void getsRefreshTokensThatAreGoodForOneUse() {
        new KeycloakPerson("alice").approve(uri("verification_uri_complete"));
        String first = tokens().getString("refresh_token");

        keycloak.refresh(CLIENT, first).then().statusCode(200).body("refresh_token", not(equalTo(first)));
        keycloak.refresh(CLIENT, first).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void losesAllTokensWhenOneIsRevoked() {
        new KeycloakPerson("alice").approve(uri("verification_uri_complete"));
        JsonPath tokens = tokens();

        keycloak.revoke(CLIENT, tokens.getString("refresh_token")).then().statusCode(200);

        keycloak.refresh(CLIENT, tokens.getString("refresh_token")).then().statusCode(400);
        keycloak.userInfo(tokens.getString("access_token")).then().statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"));
    }

    private String userOfTheTokens() {
        return keycloak.userOf(tokens().getString("access_token"));
    }

    private JsonPath tokens() {
        return keycloak.deviceToken(CLIENT, flow.getString("device_code")).then().statusCode(200).extract().jsonPath();
    }

    private URI uri(String member) {
        return URI.create(flow.getString(member));
    }
}
