package io.quarkiverse.deviceauthorization.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.endpoint.RestClientFactory;
import io.quarkiverse.deviceauthorization.runtime.endpoint.Settings;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.token.OwnerTokens;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.IOThreadDetector;

@DisplayName("Valid tokens in memory cost nothing")
class ValidTokensTest {

    private static final int CALLS = 100_000;

    private final Clock clock = Clock.systemUTC();
    private final Tokens granted = new Tokens(Secret.of("access"), "Bearer", Optional.of(Secret.of("refresh")),
            Optional.empty(), Optional.of(clock.instant().plus(Duration.ofDays(1))), Set.of(), Map.of());

    /** As Quarkus does at its start, whose answer is that of Vert.x. */
    @BeforeEach
    void threadsMayBlock() {
        BlockingOperationControl.setIoThreadDetector(new IOThreadDetector[] { () -> false });
    }

    @Test
    @DisplayName("to who calls tokens() as often as there are requests")
    void blockingClient() {
        ClientSettings settings = Settings.of();
        Client client = new Client(settings, new RestClientFactory(settings, null, null),
                ClientAuthentication.of(settings, name -> null, clock), new MemoryAuthorizationStore(clock), pending -> {
                }, clock, new VirtualTime(), event -> {
                }, Telemetry.NONE, Runnable::run);
        OwnerTokens tokens = client.tokens().of(TokenVault.DEFAULT_OWNER);
        tokens.granted(granted, "flow").await().indefinitely();
        BlockingClient blocking = new BlockingClient(new ReactiveClient(client, TokenVault.DEFAULT_OWNER));

        assertThat(allocatedBy(tokens::ready)).as("bytes allocated by %d reads", CALLS).isLessThan(CALLS);
        assertThat(allocatedBy(blocking::tokens)).as("bytes allocated by %d calls", CALLS).isLessThan(CALLS);
    }

    /** The compiler allocates a little for itself while it works, but nothing for each call. */
    private long allocatedBy(Supplier<Tokens> call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(threads.isThreadAllocatedMemorySupported()).as("this Java measures allocation").isTrue();
        threads.setThreadAllocatedMemoryEnabled(true);
        run(call);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Tokens last = run(call);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(last).isSameAs(granted);
        return after - before;
    }

    private Tokens run(Supplier<Tokens> call) {
        Tokens last = null;
        for (int i = 0; i < CALLS; i++) {
            last = call.get();
        }
        return last;
    }
}
