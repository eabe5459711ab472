package io.quarkiverse.deviceauthorization.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.deviceauthorization.runtime.logging.LoggedFlows;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetries;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.PollOutcome;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

@DisplayName("A poll costs no memory")
class PollAllocationTest {

    private static final int POLLS = 200_000;

    private final MeteredClient client = new MeteredClient();
    private final StoredFlow flow = client.store.findFlow(MeteredClient.NAME, client.start().id()).await().indefinitely()
            .orElseThrow();

    @Test
    @DisplayName("where nobody looks")
    void withoutTelemetry() {
        assertThat(allocated(Telemetries.of(List.of()))).isLessThan(POLLS);
    }

    @Test
    @DisplayName("where log entries would say which flow they are about")
    void withLogs() {
        Logger requests = Logger.getLogger("org.jboss.resteasy.reactive.client.logging");
        requests.setLevel(Level.INFO);
        try {
            assertThat(allocated(Telemetries.of(List.of(new LoggedFlows(() -> null))))).isLessThan(POLLS);
        } finally {
            requests.setLevel(null);
        }
    }

    @Test
    @DisplayName("where it is counted")
    void withMeters() {
        assertThat(allocated(Telemetries.of(List.of(client.telemetry)))).isLessThan(POLLS);
        assertThat(client.counted("polls")).containsEntry("pending", 2 * POLLS);
    }

    /** The compiler allocates a little for itself while it works, but nothing for each poll. */
    private long allocated(Telemetry telemetry) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(threads.isThreadAllocatedMemorySupported()).as("this Java measures allocation").isTrue();
        threads.setThreadAllocatedMemoryEnabled(true);
        poll(telemetry);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        poll(telemetry);
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private void poll(Telemetry telemetry) {
        for (int i = 0; i < POLLS; i++) {
            assert telemetry.polling(flow.pending()) == Telemetry.Scope.NONE;
            telemetry.polled(flow, PollOutcome.PENDING);
        }
    }
}
