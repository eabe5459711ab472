package io.quarkiverse.deviceauthorization.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/**
 * The packaged application with its tokens in files, in a realm where a refresh token is good for one use (<em>Revoke Refresh
 * Token</em>): by many threads and processes, stopped, killed and started again. Keycloak's own events tell which refresh
 * tokens were used.
 */
@QuarkusTest
@WithTestResource(KeycloakResource.class)
class RotationTest {

    private static final String CLIENT = "rotation";
    private static final int PROCESSES = 3;
    private static final int THREADS = 64;
    private static final int REFRESHES = 150;
    private static final int KILLS = 3;

    @ConfigProperty(name = "keycloak.realm-url")
    String realmUrl;

    @ConfigProperty(name = "keycloak.secure-realm-url")
    String secureRealmUrl;

    @ConfigProperty(name = "keycloak.keys")
    String keys;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<ApplicationProcess> applications = new ArrayList<>();
    private Path directory;
    private StoredFiles files;
    private KeycloakEndpoints keycloak;
    private KeycloakAdministrator administrator;

    @BeforeEach
    void openDirectory(TestInfo test) throws IOException {
        // Stays, for whoever has to find out what happened
        Path target = Files.createDirectories(KeycloakResource.log().toAbsolutePath().resolveSibling("rotation"));
        directory = Files.createTempDirectory(target, test.getTestMethod().orElseThrow().getName() + "-");
        files = new StoredFiles(directory);
        keycloak = new KeycloakEndpoints(realmUrl);
        administrator = new KeycloakAdministrator(realmUrl);
    }

    @AfterEach
    void endApplications() {
        applications.forEach(ApplicationProcess::close);
        administrator.setMaxReuse(0);
    }

    @Test
    void spendsEachRefreshTokenOnceHoweverManyThreadsAndProcessesRefresh() throws Exception {
        List<ApplicationProcess> all = Stream.generate(this::startApplication).limit(PROCESSES).toList();
        signIn(all.get(0), "crowd", "alice");
        String first = files.refreshTokenId("crowd");

        CompletableFuture<?>[] answers = all.stream().map(application -> CompletableFuture.runAsync(
                () -> refresh(application, "crowd", THREADS, REFRESHES))).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(answers).get(6, TimeUnit.MINUTES);

        List<KeycloakEvents.Event> refreshes = refreshes();
        assertThat(refreshes).as("refreshes").hasSizeGreaterThanOrEqualTo(REFRESHES);
        assertThat(refreshes).as("what Keycloak noted").extracting(KeycloakEvents.Event::type).containsOnly("REFRESH_TOKEN");
        assertThat(refreshes).as("used refresh tokens").extracting(KeycloakEvents.Event::refreshTokenId)
                .doesNotHaveDuplicates();
        assertThat(chain(first, refreshes)).as("each refresh token was used for the next one").hasSize(refreshes.size() + 1)
                .endsWith(files.refreshTokenId("crowd"));
    }

    @Test
    void findsItsTokensAgainAfterARestart() {
        ApplicationProcess before = startApplication();
        signIn(before, "restarted", "alice");
        refresh(before, "restarted", 1, 2);
        String last = files.refreshTokenId("restarted");
        before.stop();

        ApplicationProcess after = startApplication();

        after.request().get("/owners").then().statusCode(200).body("", containsInAnyOrder("restarted"));
        assertThat(userOf(after, "restarted")).isEqualTo("alice");
        assertThat(files.refreshTokenId("restarted")).as("refresh token after a restart").isEqualTo(last);
        refresh(after, "restarted", 1, 2);
        assertThat(refreshes()).hasSize(4).extracting(KeycloakEvents.Event::type).containsOnly("REFRESH_TOKEN");
    }

    @Test
    void asksForANewSignInAfterARefreshWhoseAnswerWasLost() {
        ApplicationProcess killed = startApplication();
        signIn(killed, "cut-off", "alice");
        JsonNode before = files.tokens("cut-off");
        refresh(killed, "cut-off", 1, 1);
        String lost = files.tokens("cut-off").get("refresh_token").asText();
        killed.kill();
        files.cutOffRefresh(before);
        ApplicationProcess next = startApplication();

        user(next, "cut-off").then().statusCode(401).body(startsWith(
                "The authorization server no longer accepts the refresh token of the default client: invalid_grant (Maximum"
                        + " allowed refresh token reuse exceeded), HTTP status 400. It was used already, and Revoke Refresh"
                        + " Token is on in the realm"))
                .body(containsString("Refresh Token Max Reuse"))
                .body(endsWith("Ask the person to sign in again"));

        next.request().get("/cut-off/events").then().body("", equalTo(List.of("RefreshRejected")));
        assertThat(files.hasTokens("cut-off")).as("tokens are kept").isFalse();
        user(next, "cut-off").then().statusCode(401).body(startsWith("Nobody is signed in"));
        assertThat(refreshes()).as("one reuse, not repeated").extracting(KeycloakEvents.Event::type)
                .containsExactly("REFRESH_TOKEN_ERROR", "REFRESH_TOKEN");
        keycloak.refresh(CLIENT, lost).then().statusCode(400).body("error_description",
                equalTo("Session doesn't have required client"));
        signIn(next, "cut-off", "alice");
        assertThat(userOf(next, "cut-off")).isEqualTo("alice");
    }

    @Test
    void goesOnAfterARefreshWhoseAnswerWasLostWhereOneReuseIsForgiven() {
        administrator.setMaxReuse(1);
        ApplicationProcess killed = startApplication();
        signIn(killed, "forgiven", "alice");
        JsonNode before = files.tokens("forgiven");
        refresh(killed, "forgiven", 1, 1);
        killed.kill();
        files.cutOffRefresh(before);
        ApplicationProcess next = startApplication();

        assertThat(userOf(next, "forgiven")).isEqualTo("alice");

        refresh(next, "forgiven", 1, 2);
        List<KeycloakEvents.Event> refreshes = refreshes();
        assertThat(refreshes).hasSize(4).extracting(KeycloakEvents.Event::type).containsOnly("REFRESH_TOKEN");
        assertThat(refreshes).filteredOn(event -> event.refreshTokenId().equals(StoredFiles.refreshTokenId(before)))
                .as("uses of the refresh token whose answer was lost").hasSize(2);
        assertThat(files.tokens("forgiven").has("refresh_started")).as("a refresh is under way").isFalse();

        // What was forgiven before is not after newer ones were used
        keycloak.refresh(CLIENT, before.get("refresh_token").asText())
                .then().statusCode(400).body("error_description", equalTo("Stale token"));
    }

    @Test
    void losesNoSessionByKillsWhereOneReuseIsForgiven() {
        administrator.setMaxReuse(1);
        ApplicationProcess application = startApplication();
        signIn(application, "killed", "alice");

        for (int kill = 1; kill <= KILLS; kill++) {
            ApplicationProcess busy = application;
            String before = files.refreshTokenId("killed");
            CompletableFuture<Void> crowd = CompletableFuture.runAsync(() -> refresh(busy, "killed", THREADS, 100_000));
            Awaitility.await("refreshes").atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(7)).until(
                    () -> !files.refreshTokenId("killed").equals(before) && files.tokens("killed").has("refresh_started"));
            busy.kill();
            assertThat(crowd).failsWithin(Duration.ofSeconds(90));

            application = startApplication();
            assertThat(userOf(application, "killed")).as("user after kill " + kill).isEqualTo("alice");
        }

        refresh(application, "killed", 1, 1);
        assertThat(refreshes()).hasSizeGreaterThan(KILLS).extracting(KeycloakEvents.Event::type).containsOnly("REFRESH_TOKEN");
    }

    @Test
    void finishesAFlowThatWasStartedBeforeItWasKilled() {
        ApplicationProcess killed = startApplication();
        JsonPath resumed = started(killed, "resumed");
        CompletableFuture<Response> login = CompletableFuture.supplyAsync(() -> killed.request().post("/logging-in/login"));
        JsonNode shown = Awaitility.await("flow of a login").atMost(Duration.ofSeconds(90))
                .until(() -> files.flows("logging-in"), flows -> !flows.isEmpty()).get(0).get("pending");
        killed.kill();
        assertThat(login).failsWithin(Duration.ofSeconds(90));
        new KeycloakPerson("alice").approve(URI.create(resumed.getString("verificationUriComplete")));
        new KeycloakPerson("bob").approve(URI.create(shown.get("verification_uri_complete").asText()));

        ApplicationProcess next = startApplication();

        next.request().get("/resumed/sign-in/" + resumed.getString("id"))
                .then().statusCode(200).body("preferred_username", equalTo("alice"));
        next.request().post("/logging-in/login").then().statusCode(200).body("preferred_username", equalTo("bob"));
        assertThat(files.flows("logging-in")).as("flows of a login").hasSize(1);
        assertThat(userOf(next, "resumed")).isEqualTo("alice");
    }

    @Test
    void endsTheSessionsOfAllOwnersAtKeycloak() {
        ApplicationProcess application = startApplication();
        int others = administrator.offlineSessions(CLIENT);
        signIn(application, "owner-alice", "alice");
        signIn(application, "owner-bob", "bob");
        List<String> refreshTokens = List.of(files.tokens("owner-alice").get("refresh_token").asText(),
                files.tokens("owner-bob").get("refresh_token").asText());
        application.request().get("/owners").then().body("", containsInAnyOrder("owner-alice", "owner-bob"));
        assertThat(administrator.offlineSessions(CLIENT)).as("sessions at Keycloak").isEqualTo(others + 2);

        application.request().delete("/owners").then().statusCode(204);

        assertThat(administrator.offlineSessions(CLIENT)).as("sessions at Keycloak").isEqualTo(others);
        for (String refreshToken : refreshTokens) {
            keycloak.refresh(CLIENT, refreshToken).then().statusCode(400).body("error", equalTo("invalid_grant"));
        }
        assertThat(noted()).filteredOn(event -> event.type().equals("REVOKE_GRANT")).hasSize(2);
        application.request().get("/owners").then().body("", empty());
        user(application, "owner-bob").then().statusCode(401).body(startsWith("Nobody is signed in"));
    }

    @Test
    void refreshesTokensThatAResourceRefuses() {
        ApplicationProcess application = startApplication();
        signIn(application, "refused", "alice");
        String accessToken = files.tokens("refused").get("access_token").asText();
        keycloak.revoke(CLIENT, accessToken).then().statusCode(200);
        keycloak.userInfo(accessToken).then().statusCode(401);

        assertThat(userOf(application, "refused")).isEqualTo("alice");
        assertThat(refreshes()).extracting(KeycloakEvents.Event::type).containsExactly("REFRESH_TOKEN");
        assertThat(userOf(application, "refused")).isEqualTo("alice");
        assertThat(refreshes()).as("refreshes").hasSize(1);
    }

    @Test
    void asksForANewSignInWhenAResourceRefusesTokensWhoseSessionIsOver() {
        ApplicationProcess application = startApplication();
        signIn(application, "ended", "bob");
        administrator.endOfflineSession(sessionOf("ended"));

        user(application, "ended").then().statusCode(401).body(containsString("The session has ended: it was signed out,"
                + " revoked in Keycloak, or not used for too long. Ask the person to sign in again"));
        application.request().get("/ended/events").then().body("", hasItem("RefreshRejected"));
        user(application, "ended").then().statusCode(401).body(startsWith("Nobody is signed in"));

        signIn(application, "ended", "alice");
        Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        administrator.setNotBefore(next);
        Awaitility.await("time from which on tokens are valid").until(() -> Instant.now().isAfter(next));
        user(application, "ended").then().statusCode(401).body(containsString("was issued before the time"));
        signIn(application, "ended", "alice");
        assertThat(userOf(application, "ended")).isEqualTo("alice");
    }

    private ApplicationProcess startApplication() {
        Map<String, String> config = Map.of("keycloak.realm-url", realmUrl,
                "keycloak.secure-realm-url", secureRealmUrl,
                "keycloak.keys", keys,
                "quarkus.device-authorization.client-id", CLIENT,
                "quarkus.device-authorization.provider", "keycloak",
                "quarkus.device-authorization.tokens.store", "file",
                "quarkus.device-authorization.tokens.file.directory", directory.toString());
        ApplicationProcess application = ApplicationProcess
                .start(directory.resolve("application-" + applications.size() + ".log"), config);
        applications.add(application);
        return application;
    }

    private static JsonPath started(ApplicationProcess application, String owner) {
        return application.request().post("/" + owner + "/sign-in").then().statusCode(200).extract().jsonPath();
    }

    private static void signIn(ApplicationProcess application, String owner, String username) {
        JsonPath flow = started(application, owner);
        new KeycloakPerson(username).approve(URI.create(flow.getString("verificationUriComplete")));
        application.request().get("/" + owner + "/sign-in/" + flow.getString("id"))
                .then().statusCode(200).body("preferred_username", equalTo(username));
    }

    private static void refresh(ApplicationProcess application, String owner, int threads, int each) {
        application.request().queryParam("threads", threads).queryParam("each", each).post("/" + owner + "/refreshes")
                .then().statusCode(204);
    }

    private static Response user(ApplicationProcess application, String owner) {
        return application.request().get("/" + owner + "/user");
    }

    private static String userOf(ApplicationProcess application, String owner) {
        return user(application, owner).then().statusCode(200).extract().path("preferred_username");
    }

    private String sessionOf(String owner) {
        return Jwt.claims(files.tokens(owner).get("access_token").asText()).get("sid").asText();
    }

    private List<KeycloakEvents.Event> noted() {
        return new KeycloakEvents(keycloak).of(CLIENT, start);
    }

    /** Returns what Keycloak noted about refreshes, refused ones among them, the newest first. */
    private List<KeycloakEvents.Event> refreshes() {
        return noted().stream().filter(event -> event.type().startsWith("REFRESH_TOKEN")).toList();
    }

    /** Returns a refresh token, the one that was issued for it, the one that was issued for that, and so on. */
    private static List<String> chain(String first, List<KeycloakEvents.Event> refreshes) {
        Map<String, String> next = refreshes.stream().collect(Collectors.toMap(KeycloakEvents.Event::refreshTokenId,
                KeycloakEvents.Event::nextRefreshTokenId));
        List<String> chain = new ArrayList<>();
        for (String id = first; id != null; id = next.get(id)) {
            chain.add(id);
        }
        return chain;
    }
}
