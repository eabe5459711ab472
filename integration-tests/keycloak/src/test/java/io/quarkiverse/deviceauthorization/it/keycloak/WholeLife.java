package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;

/**
 * The life of a sign-in with every kind of request in it: device authorization, polls while the person takes their time, the
 * token request that succeeds, userinfo, refresh, userinfo with the refreshed token, revocation.
 */
final class WholeLife {

    /** How often the client asks before the person has decided. */
    private static final int POLLS_IN_VAIN = 2;

    private final DeviceAuthorization client;
    private final String clientId;
    private final KeycloakEvents events;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private Tokens first;
    private List<KeycloakEvents.Event> noted;

    /**
     * @param client a client whose access tokens live for five seconds
     * @param clientId how Keycloak calls it
     */
    WholeLife(DeviceAuthorization client, String clientId, KeycloakEndpoints keycloak) {
        this.client = client;
        this.clientId = clientId;
        this.events = new KeycloakEvents(keycloak);
    }

    /** Signs alice in. */
    Tokens signIn() {
        String nonce = UUID.randomUUID().toString();
        PendingAuthorization pending = client.start(AuthorizationRequest.builder().nonce(nonce).build());
        pollInVain(pending);

        new KeycloakPerson("alice").approve(pending.verificationUriComplete().orElseThrow());

        first = client.await(pending);
        JsonWebToken identity = first.identity().orElseThrow();
        assertThat(identity.getName()).isEqualTo("alice");
        assertThat(identity.getAudience()).containsExactly(clientId);
        assertThat(identity.<String> getClaim("nonce")).as("the nonce of the request, in the ID token").isEqualTo(nonce);
        assertThat(client.userInfo().subject()).isEqualTo(identity.getSubject());
        return first;
    }

    /**
     * Not by an await that goes on while alice approves: Keycloak 26.7.3 spends the code of a flow, and answers 500, when it is
     * asked in the moment in which it has noted the approval but not the session yet.
     */
    private void pollInVain(PendingAuthorization pending) {
        // The first one is too early and sends nothing: it tells how long to wait
        for (int poll = 0; poll <= POLLS_IN_VAIN; poll++) {
            PollResult result = client.poll(pending);
            assertThat(result).isInstanceOfSatisfying(PollResult.Pending.class, waiting -> {
                assertThat(waiting.failure()).isEmpty();
                Instant due = Instant.now().plus(waiting.retryAfter());
                Awaitility.await("next poll").atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(due));
            });
        }
    }

    /** Lets the access token end nearly, so that it is refreshed. */
    Tokens refresh() {
        RefreshDue.await(first);

        Tokens refreshed = client.tokens();

        assertThat(refreshed.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(refreshed.refreshToken()).isPresent().isNotEqualTo(first.refreshToken());
        assertThat(refreshed.identity().orElseThrow().getSubject()).isEqualTo(first.identity().orElseThrow().getSubject());
        assertThat(client.userInfo().text("preferred_username")).contains("alice");
        return refreshed;
    }

    /** Signs out. */
    void signOut() {
        client.logout();

        assertThatThrownBy(client::tokens).isInstanceOf(AuthorizationRequiredException.class);
        noted = events.of(clientId, start);
    }

    /**
     * Returns what Keycloak noted about those requests until the client signed out for which it has to authenticate, the newest
     * first. Keycloak refused nothing on the way.
     */
    List<KeycloakEvents.Event> authenticatedRequests() {
        assertThat(noted).as("what Keycloak noted").noneMatch(event -> event.type().endsWith("_ERROR"));
        assertThat(noted).extracting(KeycloakEvents.Event::type).contains("OAUTH2_DEVICE_CODE_TO_TOKEN", "REFRESH_TOKEN",
                "USER_INFO_REQUEST", "REVOKE_GRANT");
        return noted.stream()
                .filter(event -> !event.type().equals("USER_INFO_REQUEST") && !event.type().equals("LOGIN")).toList();
    }
}
