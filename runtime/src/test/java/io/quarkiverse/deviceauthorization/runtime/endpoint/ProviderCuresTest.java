package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigValues;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

@DisplayName("What to do when a provider refuses")
class ProviderCuresTest {

    /** A line with provider, request, status and body, and a line with the exception. */
    private record Refused(String provider, String request, int status, String body, String problem) {

        private static Refused of(String block) {
            String[] lines = block.split("\n");
            String[] words = lines[0].split(" ", 4);
            return new Refused(words[0], words[1], Integer.parseInt(words[2]), words.length > 3 ? words[3] : "", lines[1]);
        }

        @Override
        public String toString() {
            return provider + " " + request + " " + status + " " + body;
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    @DisplayName("stands in the message:")
    void message(Refused refused) {
        ProviderClient client = new ProviderClient(refused.provider).answering(refused.status, refused.body);
        Throwable problem = switch (refused.request) {
            case "start" -> catchThrowable(client::start);
            case "poll" -> client.refusedPoll();
            default -> catchThrowable(client::tokens);
        };
        assertThat(problem.getClass().getSimpleName() + ": " + problem.getMessage()).isEqualTo(refused.problem);
    }

    @Test
    @DisplayName("is known of every provider")
    void everyProvider() throws IOException {
        Set<String> known = new TreeSet<>();
        refused().forEach(refused -> known.add(refused.provider));
        assertThat(known).as("providers that have a block in provider-cures.txt").containsExactlyInAnyOrder(
                Arrays.stream(Provider.values()).map(ConfigValues::spelling).toArray(String[]::new));
    }

    static List<Refused> refused() throws IOException {
        try (InputStream file = ProviderCuresTest.class.getResourceAsStream("provider-cures.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n\n")).map(String::strip).map(Refused::of).toList();
        }
    }
}
