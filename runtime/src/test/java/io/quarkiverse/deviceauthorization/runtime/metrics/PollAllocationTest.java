package io.quarkiverse.deviceauthorization.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetries;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.PollOutcome;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

@DisplayName("A poll costs no memory")
class PollAllocationTest {

    private static final int POLLS = 200_000;

    private final MeteredClient client = new MeteredClient();
    private final StoredFlow flow = client.store.findFlow(MeteredClient.NAME, client.start().id()).await().indefinitely()
            .orElseThrow();
    private final Uni<TokenAnswer> request = Uni.createFrom().nothing();

    @Test
    @DisplayName("where nobody looks")
    void withoutTelemetry() {
        assertThat(allocated(Telemetries.of(List.of()))).isLessThan(POLLS);
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
            assert telemetry.polling(flow, request) == request;
            telemetry.polled(flow, PollOutcome.PENDING);
        }
    }
}
