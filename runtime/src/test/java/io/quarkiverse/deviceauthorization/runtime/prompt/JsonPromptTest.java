package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;

@DisplayName("The prompt in JSON")
class JsonPromptTest {

    private static final String CLIENT = "<default>";
    private static final String OWNER = "default";

    private final VirtualTime time = new VirtualTime();
    private final FakeTerminal out = new FakeTerminal(80, 24);
    private final Prompt prompt = new JsonPrompt(out.out(), Locale.ENGLISH, time);
    private final PendingAuthorization flow = Samples.flow(time.instant());

    private List<Map<String, Object>> lines() throws Exception {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (String line : out.written().lines().toList()) {
            objects.add(new ObjectMapper().readValue(line, new TypeReference<Map<String, Object>>() {
            }));
        }
        return objects;
    }

    @Test
    @DisplayName("R10, R12: is one line with the members of the device authorization response, flushed")
    void shows() throws Exception {
        time.advance(Duration.ofMillis(1500));
        prompt.show(flow);

        assertThat(out.written()).endsWith("}\n");
        assertThat(lines()).containsExactly(Map.ofEntries(Map.entry("event", "prompt"), Map.entry("id", "flow"),
                Map.entry("client", CLIENT), Map.entry("owner", OWNER), Map.entry("verification_uri", Samples.PAGE),
                Map.entry("user_code", Samples.CODE), Map.entry("verification_uri_complete", Samples.COMPLETE),
                Map.entry("expires_at", "2026-01-01T00:05:00Z"), Map.entry("expires_in", 298), Map.entry("interval", 5),
                Map.entry("warning", "Only go on if you started this sign-in yourself, just now.")));
    }

    @Test
    @DisplayName("R11: doesn't show the device code")
    void hidesTheDeviceCode() {
        prompt.show(flow);
        prompt.hide(flow);

        assertThat(out.written()).doesNotContain("device_code", "the-device-code");
    }

    @ParameterizedTest
    @ValueSource(strings = { "WDJB-MJHT", "a\"b\\c", "日本-ü", "😀" })
    @DisplayName("R23: has the user code as the server sent it, written in ASCII")
    void anyCode(String code) throws Exception {
        prompt.show(Samples.flow("flow", code, Samples.PAGE, Optional.empty(), time.instant()));

        assertThat(out.written()).matches("[ -~]+\n");
        assertThat(lines()).singleElement().satisfies(line -> assertThat(line).containsEntry("user_code", code)
                .doesNotContainKey("verification_uri_complete"));
    }

    @Test
    @DisplayName("has a line for each event, called as the event is, with what it holds")
    void events() throws Exception {
        for (DeviceAuthorizationEvent event : List.of(new Pending(CLIENT, OWNER, "flow"),
                new SlowedDown(CLIENT, OWNER, "flow", Duration.ofSeconds(10)),
                new TransientFailure(CLIENT, OWNER, "flow", 2, "The server is away"),
                new GaveUp(CLIENT, OWNER, "flow", "The server stays away"), new Failed(CLIENT, OWNER, "flow", "invalid_grant"),
                new Approved(CLIENT, OWNER, "flow"))) {
            prompt.onEvent(flow, event);
        }

        assertThat(lines()).containsExactly(line("pending"), line("slowed_down", "interval", 10),
                line("transient_failure", "failures", 2, "message", "The server is away"),
                line("gave_up", "message", "The server stays away"), line("failed", "error", "invalid_grant"),
                line("approved"));
    }

    private static Map<String, Object> line(String event, Object... more) {
        Map<String, Object> line = new java.util.HashMap<>(
                Map.of("event", event, "id", "flow", "client", CLIENT, "owner", OWNER));
        for (int i = 0; i < more.length; i += 2) {
            line.put((String) more[i], more[i + 1]);
        }
        return line;
    }
}
