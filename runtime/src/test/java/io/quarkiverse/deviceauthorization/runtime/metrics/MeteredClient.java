package io.quarkiverse.deviceauthorization.runtime.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.flow.Flows;
import io.quarkiverse.deviceauthorization.runtime.flow.PollingPolicy;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;

/** One client in one process, with meters that go by virtual time. */
final class MeteredClient {

    static final String NAME = "tv";
    static final String OWNER = "family";
    static final int MAX_PENDING = 3;

    final VirtualTime time;
    final ScriptedServer server;
    final AuthorizationStore store;
    final MeterRegistry registry;
    final Telemetry telemetry;
    final TokenVault tokens;
    final Flows flows;
    final List<DeviceAuthorizationEvent> events = new ArrayList<>();

    MeteredClient() {
        this(new VirtualTime());
    }

    private MeteredClient(VirtualTime time) {
        this(time, new MemoryAuthorizationStore(time));
    }

    MeteredClient(AuthorizationStore store) {
        this(new VirtualTime(), store);
    }

    private MeteredClient(VirtualTime time, AuthorizationStore store) {
        this(time, new ScriptedServer(time), store);
    }

    private MeteredClient(VirtualTime time, ScriptedServer server, AuthorizationStore store) {
        this.time = time;
        this.server = server;
        this.store = store;
        this.registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock(time));
        this.telemetry = new MicrometerTelemetry(registry);
        this.tokens = new TokenVault(NAME, server, store, new RefreshPolicy(Duration.ofSeconds(30), Duration.ofMinutes(1)),
                time,
                time, events::add, telemetry);
        this.flows = new Flows(NAME, server, store, tokens, new PollingPolicy(Duration.ofMinutes(10), Duration.ofMinutes(1), 20,
                Duration.ofMinutes(1), 256, MAX_PENDING), time, time, events::add, telemetry);
    }

    /** @return the same client in another process, with meters of its own */
    MeteredClient elsewhere() {
        return new MeteredClient(time, server, store);
    }

    private static Clock clock(VirtualTime time) {
        return new Clock() {
            @Override
            public long wallTime() {
                return time.millis();
            }

            @Override
            public long monotonicTime() {
                return time.nanoTime();
            }
        };
    }

    PendingAuthorization start() {
        return flows.start(OWNER, AuthorizationRequest.defaults()).await().indefinitely();
    }

    PendingAuthorization follow() {
        PendingAuthorization flow = start();
        flows.follow(flow).await().indefinitely();
        return flow;
    }

    double active() {
        return registry.get("device.authorization.flows.active").tag("client", NAME).gauge().value();
    }

    /** @return by outcome, how often something happened that did happen */
    Map<String, Integer> counted(String meter) {
        Map<String, Integer> counted = counters(meter);
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    Map<String, Integer> counters(String meter) {
        Collection<Counter> counters = registry.get("device.authorization." + meter).tag("client", NAME).counters();
        Map<String, Integer> counts = new TreeMap<>();
        counters.forEach(counter -> counts.put(counter.getId().getTag("outcome"), (int) counter.count()));
        return counts;
    }

    /** @return by operation and outcome, how often the store was asked for it */
    Map<String, Long> storeOperations() {
        Map<String, Long> counts = new TreeMap<>();
        registry.get("device.authorization.store.operations").tag("client", NAME).timers().forEach(timer -> {
            if (timer.count() > 0) {
                counts.put(timer.getId().getTag("operation") + " " + timer.getId().getTag("outcome"), timer.count());
            }
        });
        return counts;
    }
}
