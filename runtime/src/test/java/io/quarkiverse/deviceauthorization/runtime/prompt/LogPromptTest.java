package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.prompt.Prompt;

@DisplayName("The prompt in the log")
class LogPromptTest {

    private final PendingAuthorization flow = Samples.flow(Instant.EPOCH);

    @Test
    @DisplayName("has an entry for each change, and tells which flow it is")
    void changes() {
        Prompt prompt = new LogPrompt(Locale.GERMAN);
        List<String> entries = PromptLog.of(() -> {
            prompt.show(flow);
            prompt.onEvent(flow, new Pending("c", "o", "flow"));
            prompt.onEvent(flow, new TransientFailure("c", "o", "flow", 1, "away"));
            prompt.onEvent(flow, new TransientFailure("c", "o", "flow", 2, "away"));
            prompt.onEvent(flow, new Approved("c", "o", "flow"));
            prompt.hide(flow);
        });

        assertThat(entries).hasSize(3).last().isEqualTo("INFO Zugestimmt: Sie sind angemeldet (WDJB-MJHT)");
        assertThat(entries.get(0)).startsWith("INFO Zum Anmelden").contains("gerade selbst begonnen");
        assertThat(entries.get(1)).isEqualTo("INFO Verbindung verloren, neuer Versuch (WDJB-MJHT)");
    }
}
