package io.quarkiverse.deviceauthorization.conformance;

import static io.quarkiverse.deviceauthorization.conformance.Scenario.client;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.answer;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.codes;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.json;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.slowDown;
import static io.quarkiverse.deviceauthorization.conformance.ServerAnswer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;

@DisplayName("What servers write in their own ways")
class NormalisationTest {

    @Test
    @DisplayName("N1: the body decides before the status: tokens first, then error, error_code, message or a form field")
    void bodyFirst() {
        assertThat(endedBy(json(403, "{\"access_token\":\"a\",\"error\":\"access_denied\"}"))).isEqualTo("granted");
        assertThat(endedBy(json(200, "{\"error\":\"access_denied\"}"))).isEqualTo("access_denied");
        assertThat(endedBy(json(400, "{\"error_code\":\"rate_limit_exceeded\"}"))).isEqualTo("rate_limit_exceeded");
        assertThat(endedBy(json(400, "{\"status\":400,\"message\":\"access_denied\"}"))).isEqualTo("access_denied");
        assertThat(endedBy(json(400, "{\"error\":\"Bad Request\",\"message\":\"access_denied\"}"))).isEqualTo("access_denied");
        assertThat(endedBy(json(400, "{\"error\":{\"code\":\"access_denied\",\"message\":\"No.\"}}")))
                .isEqualTo("access_denied");
        assertThat(endedBy(answer(200, "error=access_denied&error_description=No",
                Map.of("Content-Type", "application/x-www-form-urlencoded")))).isEqualTo("access_denied");
        assertThat(endedBy(ServerAnswer.status(401))).isEqualTo("goes on");
    }

    private static String endedBy(ServerAnswer answer) {
        Scenario scenario = client().answering(codes(), answer, ServerAnswer.error("no_more"));
        scenario.signIn().advance(100);
        if (scenario.polls().size() > 1) {
            return "goes on";
        }
        return scenario.events(Approved.class).isEmpty()
                ? ((DeviceAuthorizationException) scenario.refusal()).error().orElse("none")
                : "granted";
    }

    @Test
    @DisplayName("N2: verification_url and verification_url_complete are aliases of the members of RFC 8628")
    void aliases() {
        PendingAuthorization flow = client().answering(json(200, "{\"device_code\":\"d\",\"user_code\":\"U\","
                + "\"verification_url\":\"https://login.example.com/a\","
                + "\"verification_url_complete\":\"https://login.example.com/a?c=U\",\"expires_in\":900}")).start();

        assertThat(flow.verificationUri()).isEqualTo(URI.create("https://login.example.com/a"));
        assertThat(flow.verificationUriComplete()).contains(URI.create("https://login.example.com/a?c=U"));
        assertThat(flow.parameters()).as("members that RFC 8628 doesn't know").isEmpty();
    }

    @ParameterizedTest(name = "expires_in {0}, interval {1}")
    @DisplayName("N3: expires_in and interval may be numbers, texts that hold one, or null")
    @CsvSource(quoteCharacter = '`', value = { "900, 7, 7", "`\"900\"`, `\"7\"`, 7", "900, null, 5", "900.0, 7.0, 7",
            "9e2, `\" 7 \"`, 7" })
    void numbers(String expiresIn, String interval, long seconds) {
        Scenario scenario = client().answering(json(200, "{\"device_code\":\"d\",\"user_code\":\"U\",\"verification_uri\":"
                + "\"https://login.example.com/a\",\"expires_in\":" + expiresIn + ",\"interval\":" + interval + "}"));

        scenario.signIn().advance(seconds);

        assertThat(scenario.flow().expiresAt()).isEqualTo(Scenario.BEGINNING.plusSeconds(900));
        assertThat(scenario.polls()).containsExactly((double) seconds);
    }

    @Test
    @DisplayName("N3: the life of a token may be a number, a text or null")
    void livesOfTokens() {
        assertThat(granted("\"expires_in\":60").expiresAt()).contains(Scenario.BEGINNING.plusSeconds(65));
        assertThat(granted("\"expires_in\":\"60\"").expiresAt()).contains(Scenario.BEGINNING.plusSeconds(65));
        assertThat(granted("\"expires_in\":null").expiresAt()).isEmpty();
    }

    @Test
    @DisplayName("N4: an interval below the floor is raised to it")
    void floor() {
        assertThat(client().answering(codes("\"interval\":0.01")).start().interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(client("polling.min-interval", "3S").answering(codes("\"interval\":2")).start().interval())
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @DisplayName("N5: an absurd interval is clamped, at the start, in a slow_down and as Retry-After")
    void ceiling() {
        assertThat(client().answering(codes("\"interval\":1e9")).start().interval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(client("polling.max-interval", "20S").answering(codes("\"interval\":1000")).start().interval())
                .isEqualTo(Duration.ofSeconds(20));

        Scenario slowed = client("polling.max-interval", "20S").answering(codes(),
                json(400, "{\"error\":\"slow_down\",\"interval\":1e9}"), slowDown());
        slowed.signIn().advance(60);
        assertThat(slowed.polls()).containsExactly(5.0, 25.0, 50.0);

        Scenario asked = client("polling.max-interval", "20S").answering(codes(),
                answer(503, "", Map.of("Retry-After", "999")));
        asked.signIn().advance(60);
        assertThat(asked.polls()).startsWith(5.0, 25.0);
    }

    @Test
    @DisplayName("N6: scopes may be a text with spaces or commas, or an array; none means those that were asked for")
    void scopes() {
        assertThat(granted("\"scope\":\"a b\"").scopes()).containsExactly("a", "b");
        assertThat(granted("\"scope\":\"a,b\"").scopes()).containsExactly("a", "b");
        assertThat(granted("\"scope\":[\"a\",\"b\"]").scopes()).containsExactly("a", "b");
        assertThat(granted("\"token_type\":\"bearer\"").scopes()).containsExactly("openid");
    }

    @Test
    @DisplayName("N7: members that no standard knows stay reachable")
    void unknownMembers() {
        assertThat(client().answering(codes("\"message\":\"Go there\",\"nested\":{\"a\":[1]}")).start().parameters())
                .isEqualTo(Map.of("message", "Go there", "nested", Map.of("a", List.of(1))));
        assertThat(granted("\"not-before-policy\":0,\"session_state\":\"s\"").parameters())
                .isEqualTo(Map.of("not-before-policy", 0, "session_state", "s"));
    }

    private static Tokens granted(String more) {
        Scenario scenario = client("scopes", "openid").answering(codes(),
                json(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\"," + more + "}"), tokens("unused"));
        return scenario.signIn().advance(5).granted();
    }
}
