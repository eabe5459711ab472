package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.Scenario.client;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.configured;
import static io.quarkiverse.deviceauthorization.conformance.Scenario.done;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.error;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.json;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.page;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.status;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.tokens;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.runtime.flow.Flows;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("The standards beside RFC 8628")
class NeighboursTest {

    @Test
    @DisplayName("RFC 6749 §6: a new refresh token replaces the old one, no new one leaves it, and a failure never drops it")
    void keepsTheRefreshToken() {
        Scenario scenario = signedIn(client());

        scenario.answering(tokens("2"), json(200, "{\"access_token\":\"access-3\",\"expires_in\":3600}"), unreachable(),
                page(502), tokens("4"));
        for (int hour = 0; hour < 5; hour++) {
            scenario.advance(4000);
            scenario.tokens().onFailure().recoverWithNull().await().indefinitely();
        }

        assertThat(scenario.sent().subList(2, 7)).extracting(request -> request.value("refresh_token"))
                .containsExactly("refresh-1", "refresh-2", "refresh-2", "refresh-2", "refresh-2");
        assertThat(done(scenario.tokens()).accessToken().value()).isEqualTo("access-4");
    }

    @Test
    @DisplayName("RFC 9700: callers share one refresh, and what it brings is stored before anyone sees it")
    void oneRefresh() {
        Scenario scenario = signedIn(client()).answering(tokens("2").after(2));
        scenario.advance(3600);

        UniAssertSubscriber<String> first = subscribed(scenario);
        UniAssertSubscriber<String> second = subscribed(scenario);
        scenario.advance(2);

        assertThat(scenario.sent().subList(2, 3)).extracting(request -> request.value("refresh_token"))
                .containsExactly("refresh-1");
        assertThat(scenario.sent()).as("one refresh for both").hasSize(3);
        first.assertItem("access-2, stored refresh-2");
        second.assertItem("access-2, stored refresh-2");
    }

    /** The access token that a caller sees, and the refresh token that is stored at that moment. */
    private static UniAssertSubscriber<String> subscribed(Scenario scenario) {
        return scenario.tokens().onItem().transformToUni(seen -> scenario.store.findTokens("<default>", Scenario.OWNER)
                .onItem().transform(stored -> seen.accessToken().value() + ", stored "
                        + stored.orElseThrow().tokens().refreshToken().orElseThrow().value()))
                .subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    @DisplayName("RFC 9700: on invalid_grant the store is read again, since another process may have spent the refresh token")
    void readsTheStoreAgain() {
        Scenario scenario = signedIn(client());
        Scenario other = scenario.inAnotherProcess();
        scenario.answering(error("invalid_grant").after(3), tokens("2"));
        scenario.advance(3600);

        UniAssertSubscriber<Tokens> late = scenario.tokens().subscribe().withSubscriber(UniAssertSubscriber.create());
        done(other.tokens());
        scenario.advance(3);

        assertThat(late.assertCompleted().getItem().accessToken().value()).isEqualTo("access-2");
        assertThat(scenario.events(RefreshRejected.class)).isEmpty();
    }

    @Test
    @DisplayName("RFC 8414 §3.3: metadata of another issuer than the configured one are refused")
    void refusesAnotherIssuer() {
        Scenario scenario = configured("client-id", "tv", "auth-server-url", "https://login.example.com")
                .answering(json(200, "{\"issuer\":\"https://evil.example.com\","
                        + "\"device_authorization_endpoint\":\"https://evil.example.com/device\","
                        + "\"token_endpoint\":\"https://evil.example.com/token\"}"));

        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(scenario::start)
                .withMessage("The authorization server of the default client says that it is 'https://evil.example.com', which"
                        + " is not quarkus.device-authorization.auth-server-url ('https://login.example.com'). Set the key to"
                        + " the issuer if you trust it");
        assertThat(scenario.sent()).hasSize(1);
    }

    @Test
    @DisplayName("RFC 9700 §4.4: metadata can't send codes and credentials to another host than the issuer's")
    void refusesOtherHosts() {
        Scenario scenario = configured("client-id", "tv", "auth-server-url", "https://login.example.com")
                .answering(json(200, "{\"issuer\":\"https://login.example.com\","
                        + "\"device_authorization_endpoint\":\"https://login.example.com/device\","
                        + "\"token_endpoint\":\"https://evil.example.com/token\"}"));

        assertThatExceptionOfType(AuthorizationServerException.class).isThrownBy(scenario::start)
                .withMessageContaining("(token_endpoint on evil.example.com), and nothing is sent there");
        assertThat(scenario.sent()).hasSize(1);
    }

    @Test
    @DisplayName("RFC 8705: a client with a certificate uses the mutual TLS alias of the device authorization endpoint, others don't")
    void usesTheAlias() {
        Scenario plain = configured("client-id", "tv", "auth-server-url", "https://login.example.com",
                "discovery-allowed-hosts", "mtls.example.com");
        Scenario certified = plain.withCertificate();
        for (Scenario scenario : List.of(plain, certified)) {
            scenario.answering(json(200, "{\"issuer\":\"https://login.example.com\","
                    + "\"device_authorization_endpoint\":\"https://login.example.com/device\","
                    + "\"token_endpoint\":\"https://login.example.com/token\",\"mtls_endpoint_aliases\":{"
                    + "\"device_authorization_endpoint\":\"https://mtls.example.com/device\"}}"), codes());
            scenario.signIn().advance(5);
        }

        assertThat(certified.sent()).extracting(SentRequest::endpoint).contains(URI.create("https://mtls.example.com/device"))
                .as("without an alias of its own").contains(URI.create("https://login.example.com/token"));
        assertThat(plain.sent()).extracting(SentRequest::endpoint).contains(URI.create("https://login.example.com/device"));
    }

    @Test
    @DisplayName("RFC 8707: each resource goes with the device authorization request and with each poll, and so does the audience")
    void resources() {
        Scenario scenario = client("resources", "https://a.example.com,urn:b", "audience", "https://api.example.com")
                .answering(codes());

        scenario.signIn().advance(5);

        assertThat(scenario.sent()).hasSize(2).allSatisfy(request -> assertThat(request.form())
                .containsEntry("resource", List.of("https://a.example.com", "urn:b"))
                .containsEntry("audience", List.of("https://api.example.com")));
    }

    @Test
    @DisplayName("RFC 9396: the authorization details go with the device authorization request and with each poll")
    void authorizationDetails() {
        String details = "[{\"type\":\"account_information\",\"actions\":[\"read\"]}]";
        Scenario scenario = client().answering(codes());

        scenario.start(AuthorizationRequest.builder().authorizationDetails(details).build());
        scenario.await().advance(10);

        assertThat(scenario.sent()).hasSize(3).extracting(request -> request.value("authorization_details"))
                .containsOnly(details);
    }

    @Test
    @DisplayName("RFC 7009: signing out revokes the refresh token, then forgets; a server that doesn't know it answers 200")
    void revokes() {
        Scenario scenario = signedIn(client()).answering(unreachable());

        assertThatExceptionOfType(AuthorizationServerException.class).as("nothing is forgotten that is not revoked")
                .isThrownBy(scenario::signOut);
        assertThat(done(scenario.tokens()).accessToken().value()).isEqualTo("access-1");

        scenario.answering(status(200));
        scenario.signOut();
        assertThat(scenario.last().endpoint()).hasToString("https://login.example.com/revoke");
        assertThat(scenario.last().body()).isEqualTo("token=refresh-1&token_type_hint=refresh_token&client_id=tv");
        assertThat(scenario.events(SignedOut.class)).hasSize(1);
        assertThatExceptionOfType(AuthorizationRequiredException.class)
                .isThrownBy(() -> done(scenario.tokens()));
    }

    @Test
    @DisplayName("Cross-device: the person is told to use any device, and nothing here opens a browser by itself: only the prompt"
            + " that is configured to can start a command")
    void opensNoBrowser() throws IOException, URISyntaxException {
        Path classes = Path.of(Flows.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(all).hasSizeGreaterThan(50).allSatisfy(file -> assertThat(
                    new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString())
                    .doesNotContain("java/awt/Desktop").doesNotContainPattern("java/lang/Runtime[^A-Za-z]"));
            assertThat(users("java/lang/ProcessBuilder[^$]", all)).containsExactly("Commands.class");
            assertThat(users("prompt/Commands[^A-Za-z]", all)).containsExactlyInAnyOrder("Commands.class", "Browser.class",
                    "TerminalProbe$ThisSystem.class");
            assertThat(users("prompt/BrowserPrompt[^A-Za-z]", all)).containsExactlyInAnyOrder("BrowserPrompt.class",
                    "ConfiguredPrompts.class");
        }
    }

    private static List<String> users(String pattern, List<Path> classes) throws IOException {
        List<String> users = new ArrayList<>();
        for (Path file : classes) {
            if (Pattern.compile(pattern).matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).find()) {
                users.add(file.getFileName().toString());
            }
        }
        return users;
    }

    static Scenario signedIn(Scenario scenario) {
        scenario.answering(codes(), tokens("1")).signIn().advance(5).granted();
        return scenario;
    }
}
