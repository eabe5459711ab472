package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;

/** People who approve. */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class SignInTest {

    @Inject
    DeviceAuthorization television;

    @Inject
    @DeviceAuthorizationName("unhurried")
    DeviceAuthorization unhurried;

    @Inject
    @DeviceAuthorizationName("explicit-paths")
    DeviceAuthorization explicitPaths;

    @Inject
    RecordedEvents events;

    @Inject
    PromptedAlice prompt;

    @ConfigProperty(name = "keycloak.realm-url")
    String realmUrl;

    @Test
    void startsWithWhatThePersonHasToBeShown() {
        Instant before = Instant.now();

        PendingAuthorization pending = television.start();

        assertThat(pending.userCode()).matches("[A-Z]{4}-[A-Z]{4}");
        assertThat(pending.verificationUri()).hasToString(realmUrl + "/device");
        assertThat(pending.verificationUriComplete().orElseThrow())
                .hasToString(realmUrl + "/device?user_code=" + pending.userCode());
        assertThat(pending.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(pending.expiresAt()).isBetween(before.plusSeconds(120), Instant.now().plusSeconds(120));
    }

    @Test
    void awaitsThePersonAndKeepsTheTokens() throws Exception {
        DeviceAuthorization client = unhurried.forOwner("awaited");
        PendingAuthorization pending = client.start();
        CompletableFuture<Tokens> awaited = CompletableFuture.supplyAsync(() -> client.await(pending));

        new KeycloakPerson("alice").approve(pending.verificationUri(), pending.userCode());

        Tokens tokens = awaited.get(60, TimeUnit.SECONDS);
        assertThat(client.tokens()).isEqualTo(tokens);
        assertThat(tokens.tokenType()).isEqualTo("Bearer");
        assertThat(tokens.scopes()).contains("openid", "offline_access");
        assertThat(tokens.refreshToken()).isPresent();
        assertThat(tokens.idToken()).isPresent();
        assertThat(tokens.expiresAt().orElseThrow())
                .isBetween(Instant.now().plusSeconds(200), Instant.now().plusSeconds(300));
        assertThat(userOf(tokens)).isEqualTo("alice");
    }

    @Test
    void tellsACallerWithALoopOfItsOwnHowFarItIs() {
        DeviceAuthorization client = television.forOwner("polled");
        PendingAuthorization pending = client.start();
        assertThat(client.poll(pending)).isInstanceOfSatisfying(PollResult.Pending.class,
                result -> assertThat(result.failure()).isEmpty());

        new KeycloakPerson("bob").approve(pending.verificationUriComplete().orElseThrow());

        PollResult result = await().atMost(Duration.ofSeconds(60))
                .until(() -> client.poll(pending), polled -> !(polled instanceof PollResult.Pending));
        assertThat(result).isInstanceOfSatisfying(PollResult.Granted.class,
                granted -> assertThat(userOf(granted.tokens())).isEqualTo("bob"));
    }

    @Test
    void tellsTheOutcomeOfAFollowedFlowAsAnEvent() {
        DeviceAuthorization client = unhurried.forOwner("followed");
        PendingAuthorization pending = client.start();
        client.follow(pending);

        new KeycloakPerson("alice").approve(pending.verificationUriComplete().orElseThrow());

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(events.of(Approved.class, "followed"))
                .containsExactly(new Approved("unhurried", "followed", pending.id())));
        assertThat(userOf(client.tokens())).isEqualTo("alice");
    }

    @Test
    void logsInByPromptAndPromptsOnlyOnce() {
        DeviceAuthorization client = unhurried.forOwner("prompted");

        Tokens tokens = client.login();

        assertThat(userOf(tokens)).isEqualTo("alice");
        assertThat(client.login()).isEqualTo(tokens);
        assertThat(prompt.timesShown()).isEqualTo(1);
    }

    @Test
    void keepsTheTokensOfEachOwnerApart() {
        new KeycloakPerson("alice").signIn(television.forOwner("owner-alice"));
        new KeycloakPerson("bob").signIn(television.forOwner("owner-bob"));

        assertThat(userOf(television.forOwner("owner-alice").tokens())).isEqualTo("alice");
        assertThat(userOf(television.forOwner("owner-bob").tokens())).isEqualTo("bob");
    }

    @Test
    void tellsWhichScopesWereGrantedWhenKeycloakIgnoresOne() {
        DeviceAuthorization client = television.forOwner("other-scopes");
        PendingAuthorization pending = client.start(AuthorizationRequest.builder().scopes("openid", "nonsense").build());

        new KeycloakPerson("alice").approve(pending.verificationUriComplete().orElseThrow());

        assertThat(client.await(pending).scopes()).contains("openid").doesNotContain("nonsense", "offline_access");
    }

    @Test
    void findsEndpointsByConfiguredPaths() {
        assertThat(userOf(new KeycloakPerson("alice").signIn(explicitPaths))).isEqualTo("alice");
        assertThat(explicitPaths.userInfo().text("preferred_username")).contains("alice");
    }

    @Test
    void tellsWhoSignedIn() {
        DeviceAuthorization client = television.forOwner("identified");

        JsonWebToken identity = new KeycloakPerson("bob").signIn(client).identity().orElseThrow();

        assertThat(identity.getName()).isEqualTo("bob");
        assertThat(identity.<String> getClaim("preferred_username")).isEqualTo("bob");
        assertThat(identity.<String> getClaim("email")).isEqualTo("bob@example.org");
        assertThat(identity.getIssuer()).isEqualTo(realmUrl);
        assertThat(identity.getAudience()).containsExactly("television");
        assertThat(client.userInfo().subject()).isEqualTo(identity.getSubject());
        assertThat(client.userInfo().text("email")).contains("bob@example.org");
    }

    @Test
    void servesASignInFromEventLoops() {
        JsonPath signIn = RestAssured.given().post("/reactive/sign-in").then().statusCode(200).extract().jsonPath();

        new KeycloakPerson("bob").approve(URI.create(signIn.getString("verificationUri")),
                signIn.getString("userCode"));

        RestAssured.given().get("/reactive/sign-in/" + signIn.getString("id"))
                .then().statusCode(200).body("preferred_username", equalTo("bob"));
    }

    private String userOf(Tokens tokens) {
        return new KeycloakEndpoints(realmUrl).userOf(tokens.accessToken().value());
    }
}
