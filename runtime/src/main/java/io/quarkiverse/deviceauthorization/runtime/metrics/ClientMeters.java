package io.quarkiverse.deviceauthorization.runtime.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.TooManyPendingAuthorizationsException;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.PollOutcome;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.RefreshOutcome;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;

/**
 * The meters of one client. Each is registered with every value that its tags can have, so that there is a number where nothing
 * has happened yet, and nothing has to be looked up when something happens.
 */
final class ClientMeters {

    private static final String PREFIX = "device.authorization.";
    private static final String CLIENT = "client";
    private static final String OUTCOME = "outcome";

    /** What people need, from who has the device in their hand to the usual lifetime of codes. */
    private static final Duration[] TIMES_TO_APPROVE = { Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1),
            Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(15) };

    /** What came of an attempt to start a flow. */
    private enum StartOutcome {
        STARTED,
        REFUSED,
        UNAVAILABLE,
        NOT_STORED,
        TOO_MANY;

        private static StartOutcome of(Throwable problem) {
            return problem instanceof TooManyPendingAuthorizationsException ? TOO_MANY
                    : problem instanceof AuthorizationStoreException ? NOT_STORED
                            : problem instanceof AuthorizationServerException ? UNAVAILABLE : REFUSED;
        }
    }

    private final MeterRegistry registry;
    private final Tags tags;
    private final Clock clock;
    private final Map<StartOutcome, Counter> starts;
    private final Map<PollOutcome, Counter> polls;
    private final Map<Status, Counter> ended;
    private final Map<RefreshOutcome, Counter> refreshes;
    private final Timer approval;
    private final StoreMeters store;
    /** When flows were started here that have not ended, by their id. */
    private final Map<String, Long> startedAt = new ConcurrentHashMap<>();

    ClientMeters(MeterRegistry registry, String client) {
        this.registry = registry;
        this.tags = Tags.of(CLIENT, client);
        this.clock = registry.config().clock();
        this.starts = counters(EnumSet.allOf(StartOutcome.class), "starts", "Attempts to start a flow");
        this.polls = counters(EnumSet.allOf(PollOutcome.class), "polls", "Token requests of pending flows");
        this.ended = counters(EnumSet.complementOf(EnumSet.of(Status.PENDING)), "flows.ended", "Flows that have ended");
        this.refreshes = counters(EnumSet.allOf(RefreshOutcome.class), "refreshes", "Token requests that refresh tokens");
        this.approval = Timer.builder(PREFIX + "flows.approval.time").tags(tags).serviceLevelObjectives(TIMES_TO_APPROVE)
                .description("Time from the start of a flow until its tokens are stored").register(registry);
        this.store = new StoreMeters(clock, this::storeTimer);
    }

    void active(IntSupplier count) {
        Gauge.builder(PREFIX + "flows.active", count::getAsInt).tags(tags)
                .description("Flows that this process knows and that have not ended").register(registry);
    }

    StoreMeters store() {
        return store;
    }

    void started(String flow) {
        starts.get(StartOutcome.STARTED).increment();
        startedAt.put(flow, clock.monotonicTime());
    }

    void startFailed(Throwable problem) {
        starts.get(StartOutcome.of(problem)).increment();
    }

    void polled(PollOutcome outcome) {
        polls.get(outcome).increment();
    }

    void ended(String flow, Status status) {
        ended.get(status).increment();
        Long start = startedAt.remove(flow);
        if (start != null && status == Status.APPROVED) {
            approval.record(clock.monotonicTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    void left(String flow) {
        startedAt.remove(flow);
    }

    void refreshed(RefreshOutcome outcome) {
        refreshes.get(outcome).increment();
    }

    private <O extends Enum<O>> Map<O, Counter> counters(Set<O> outcomes, String name, String description) {
        Map<O, Counter> counters = new HashMap<>();
        for (O outcome : outcomes) {
            counters.put(outcome, Counter.builder(PREFIX + name).tags(tags.and(OUTCOME, value(outcome)))
                    .description(description).register(registry));
        }
        return new EnumMap<>(counters);
    }

    private Timer storeTimer(StoreMeters.Operation operation, StoreMeters.Outcome outcome) {
        return Timer.builder(PREFIX + "store.operations").tags(tags.and("operation", value(operation), OUTCOME, value(outcome)))
                .description("What is read from the store and written to it").register(registry);
    }

    private static String value(Enum<?> tag) {
        return tag.name().toLowerCase(Locale.ROOT);
    }
}
