package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What happens to tokens after the sign-in. In this realm a refresh token is good for one use. */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class TokenLifeTest {

    @Inject
    DeviceAuthorization television;

    @Inject
    @DeviceAuthorizationName("short-tokens")
    DeviceAuthorization shortTokens;

    @Inject
    RecordedEvents events;

    @ConfigProperty(name = "keycloak.realm-url")
    String realmUrl;

    private KeycloakEndpoints keycloak;

    @BeforeEach
    void endpoints() {
        keycloak = new KeycloakEndpoints(realmUrl);
    }

    @Test
    void refreshesTokensBeforeTheyEndAgainAndAgain() {
        DeviceAuthorization client = shortTokens.forOwner("refreshed");
        Tokens first = new KeycloakPerson("alice").signIn(client);
        RefreshDue.await(first);

        Tokens second = client.tokens();
        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(second.refreshToken()).isPresent().isNotEqualTo(first.refreshToken());
        assertThat(second.expiresAt().orElseThrow()).isAfter(first.expiresAt().orElseThrow());
        assertThat(keycloak.userOf(second.accessToken().value())).isEqualTo("alice");
        RefreshDue.await(second);

        Tokens third = client.tokens();
        assertThat(third.accessToken()).isNotEqualTo(second.accessToken());
        assertThat(keycloak.userOf(third.accessToken().value())).isEqualTo("alice");
    }

    @Test
    void refreshesOnceHoweverManyAsk() throws Exception {
        DeviceAuthorization client = shortTokens.forOwner("crowd");
        RefreshDue.await(new KeycloakPerson("bob").signIn(client));
        ExecutorService crowd = Executors.newFixedThreadPool(16);
        try {
            List<Future<Tokens>> answers = crowd.invokeAll(Collections.nCopies(16, client::tokens), 30, TimeUnit.SECONDS);

            Tokens refreshed = answers.get(0).get();
            for (Future<Tokens> answer : answers) {
                assertThat(answer.get()).isEqualTo(refreshed);
            }
            assertThat(keycloak.userOf(refreshed.accessToken().value())).isEqualTo("bob");
        } finally {
            crowd.shutdownNow();
        }
        await().untilAsserted(() -> assertThat(events.of(Refreshed.class, "crowd"))
                .containsExactly(new Refreshed("short-tokens", "crowd")));
    }

    @Test
    void asksForANewSignInOnceKeycloakRefusesTheRefreshToken() {
        DeviceAuthorization client = shortTokens.forOwner("stolen");
        Tokens tokens = new KeycloakPerson("alice").signIn(client);
        keycloak.refresh("short-tokens", tokens.refreshToken().orElseThrow().value()).then().statusCode(200);
        RefreshDue.await(tokens);

        assertThatThrownBy(client::tokens).isInstanceOf(AuthorizationRequiredException.class);

        assertThatThrownBy(client::tokens).isInstanceOf(AuthorizationRequiredException.class);
        await().untilAsserted(() -> assertThat(events.of(RefreshRejected.class, "stolen"))
                .containsExactly(new RefreshRejected("short-tokens", "stolen", "invalid_grant")));
    }

    @Test
    void revokesTheTokensOnLogout() {
        DeviceAuthorization client = television.forOwner("signed-out");
        Tokens tokens = new KeycloakPerson("alice").signIn(client);

        client.logout();

        assertThatThrownBy(client::tokens).isInstanceOf(AuthorizationRequiredException.class);
        keycloak.refresh("television", tokens.refreshToken().orElseThrow().value())
                .then().statusCode(400).body("error", equalTo("invalid_grant"));
        keycloak.userInfo(tokens.accessToken().value()).then().statusCode(401);
        await().untilAsserted(() -> assertThat(events.of(SignedOut.class, "signed-out")).hasSize(1));
        client.logout();
    }

    @Test
    void leavesOtherOwnersSignedInOnLogout() {
        new KeycloakPerson("alice").signIn(television.forOwner("leaving"));
        new KeycloakPerson("alice").signIn(television.forOwner("staying"));

        television.forOwner("leaving").logout();

        assertThat(keycloak.userOf(television.forOwner("staying").tokens().accessToken().value())).isEqualTo("alice");
    }
}
