package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

@DisplayName("Flows in memory")
class MemoryFlowsTest {

    private static final Duration LIFE = Duration.ofMinutes(15);

    private final VirtualTime time = new VirtualTime();
    private final MemoryFlows flows = new MemoryFlows(time);
    private int looks;

    private StoredFlow flow(String client, String id, Instant end) {
        return StoredFlow.started(new PendingAuthorization(client, "family", id, "WDJB-MJHT",
                URI.create("https://example.com/device"), Optional.empty(), end, Duration.ofSeconds(5), Secret.of("code"),
                Map.of()), AuthorizationRequest.defaults(), FlowBinding.none(), time.instant()).replacing(0);
    }

    private StoredFlow put(String client, String id) {
        StoredFlow flow = flow(client, id, time.instant().plus(LIFE));
        assertThat(flows.replace(0, flow)).isTrue();
        return flow;
    }

    private Stream<String> found(String client, String... ids) {
        put("other", "look " + ++looks); // flows are forgotten when another is stored
        return Stream.of(ids).filter(id -> flows.find(client, id).isPresent());
    }

    @Test
    @DisplayName("are forgotten between ten and eleven minutes after their codes have ended, however they have ended")
    void forgotten() {
        StoredFlow ended = put("tv", "ended");
        flows.replace(ended.version(), ended.ended(StoredFlow.Status.DENIED, Optional.empty()).replacing(ended.version()));
        put("radio", "pending");
        time.advance(Duration.ofMinutes(25));
        assertThat(found("tv", "ended")).hasSize(1);
        assertThat(found("radio", "pending")).hasSize(1);

        time.advance(Duration.ofMinutes(1));
        assertThat(found("tv", "ended")).isEmpty();
        assertThat(found("radio", "pending")).isEmpty();
    }

    @Test
    @DisplayName("are forgotten by their own end: others live on, and so does one whose end has changed")
    void others() {
        StoredFlow moved = put("tv", "moved");
        put("tv", "old");
        time.advance(Duration.ofMinutes(10));
        put("tv", "young");
        flows.replace(moved.version(), flow("tv", "moved", time.instant().plus(LIFE)).replacing(moved.version()));
        time.advance(Duration.ofMinutes(16));

        assertThat(found("tv", "moved", "old", "young")).containsExactly("moved", "young");
        time.advance(Duration.ofMinutes(10));
        assertThat(found("tv", "moved", "old", "young")).isEmpty();
    }

    @Test
    @DisplayName("are all forgotten where thousands end in the same minute")
    void many() {
        String[] ids = IntStream.range(0, 10_000).mapToObj(i -> "flow-" + i).toArray(String[]::new);
        Stream.of(ids).forEach(id -> put("tv", id));
        time.advance(Duration.ofMinutes(26));

        assertThat(found("tv", ids)).isEmpty();
    }
}
