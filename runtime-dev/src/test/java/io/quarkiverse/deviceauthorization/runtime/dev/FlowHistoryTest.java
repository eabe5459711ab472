package io.quarkiverse.deviceauthorization.runtime.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.dev.FlowView.Entry;

@DisplayName("The history of flows")
class FlowHistoryTest {

    private Instant now = Instant.parse("2030-01-01T12:00:00Z");
    private final FlowHistory history = new FlowHistory(() -> now);

    private void start(String id) {
        history.happened(new Started("client", "owner", id, now.plusSeconds(300)));
    }

    private void advance(long seconds) {
        now = now.plusSeconds(seconds);
    }

    @DisplayName("tells what happened when, and how it ended")
    @Test
    void timeline() {
        long start = now.toEpochMilli();
        start("1");
        advance(5);
        history.happened(new Pending("client", "owner", "1"));
        advance(5);
        history.happened(new SlowedDown("client", "owner", "1", Duration.ofSeconds(10)));
        advance(10);
        history.happened(new TransientFailure("client", "owner", "1", 1, "HTTP status 502"));
        advance(10);
        history.happened(new Approved("client", "owner", "1"));

        FlowView flow = history.all().get(0);
        assertThat(flow.state()).isEqualTo("Approved");
        assertThat(flow.over()).isTrue();
        assertThat(flow.expiresAt()).isEqualTo(start + 300_000);
        assertThat(flow.entries()).containsExactly(new Entry(start, "Started", null), new Entry(start + 5_000, "Pending", null),
                new Entry(start + 10_000, "SlowedDown", "The server wants 10 s between two polls"),
                new Entry(start + 20_000, "TransientFailure", "HTTP status 502"), new Entry(start + 30_000, "Approved", null));
    }

    @DisplayName("counts those that wait: neither those that have ended nor those whose codes have")
    @Test
    void waiting() {
        start("1");
        start("2");
        start("3");
        history.happened(new Denied("client", "owner", "2"));
        history.happened(new Refreshed("client", "owner"));
        assertThat(history.waiting()).isEqualTo(2);

        advance(299);
        assertThat(history.waiting()).isEqualTo(2);
        advance(1);
        assertThat(history.waiting()).isZero();
    }

    @DisplayName("shows the latest first, and what happens to tokens apart from flows")
    @Test
    void order() {
        start("1");
        history.happened(new Refreshed("client", "owner"));
        start("2");
        assertThat(history.all()).extracting(FlowView::id).containsExactly("2", null, "1");
    }

    @DisplayName("keeps a limited number of flows; the oldest that has ended goes first")
    @Test
    void limitedFlows() {
        for (int i = 0; i < FlowHistory.MOST_TIMELINES; i++) {
            start("flow " + i);
        }
        history.happened(new Approved("client", "owner", "flow 7"));

        start("one more");
        assertThat(history.all()).hasSize(FlowHistory.MOST_TIMELINES).extracting(FlowView::id)
                .contains("one more", "flow 0").doesNotContain("flow 7");
        start("and another");
        assertThat(history.all()).hasSize(FlowHistory.MOST_TIMELINES).extracting(FlowView::id).doesNotContain("flow 0");
    }

    @DisplayName("keeps the beginning and the latest events of a long flow, and says how many it left out")
    @Test
    void limitedEntries() {
        start("1");
        for (int i = 0; i < FlowHistory.MOST_ENTRIES + 3; i++) {
            advance(5);
            history.happened(new Pending("client", "owner", "1"));
        }
        FlowView flow = history.all().get(0);
        assertThat(flow.omitted()).isEqualTo(3);
        assertThat(flow.entries()).hasSize(FlowHistory.MOST_ENTRIES + 1);
        assertThat(flow.entries().get(0).kind()).isEqualTo("Started");
        assertThat(flow.entries().get(flow.entries().size() - 1).at()).isEqualTo(now.toEpochMilli());
    }

    @DisplayName("tells each change to whoever listens, until they leave")
    @Test
    void changes() {
        List<String> heard = new ArrayList<>();
        var listener = history.changes().subscribe().with(flow -> heard.add(flow.id() + " " + flow.state()));
        start("1");
        history.happened(new Pending("client", "owner", "1"));
        listener.cancel();
        history.happened(new Approved("client", "owner", "1"));
        assertThat(heard).containsExactly("1 Started", "1 Pending");
    }
}
