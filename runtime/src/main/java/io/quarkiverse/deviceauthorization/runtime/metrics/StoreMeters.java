package io.quarkiverse.deviceauthorization.runtime.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.smallrye.mutiny.Uni;

/** How long one client's operations on its store take, and what comes of them. */
final class StoreMeters {

    private static final Logger LOG = Logger.getLogger(StoreMeters.class);

    /** What is asked of a store. */
    enum Operation {
        FIND_FLOW,
        FIND_FLOWS,
        FIND_ABANDONED,
        REPLACE_FLOW(true),
        FIND_TOKENS,
        REPLACE_TOKENS(true),
        FIND_OWNERS,
        LEASE_REFRESH(true),
        RELEASE_REFRESH;

        private final boolean contended;

        Operation() {
            this(false);
        }

        /** @param contended whether somebody else may be first */
        Operation(boolean contended) {
            this.contended = contended;
        }
    }

    /** What comes of it. */
    enum Outcome {
        SUCCESS,
        /** Somebody else was first. */
        CONFLICT,
        FAILURE
    }

    private final Clock clock;
    private final Map<Operation, Map<Outcome, Timer>> timers = new EnumMap<>(Operation.class);

    StoreMeters(Clock clock, BiFunction<Operation, Outcome, Timer> register) {
        this.clock = clock;
        for (Operation operation : Operation.values()) {
            Map<Outcome, Timer> byOutcome = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                if (outcome != Outcome.CONFLICT || operation.contended) {
                    byOutcome.put(outcome, register.apply(operation, outcome));
                }
            }
            timers.put(operation, byOutcome);
        }
    }

    <T> Uni<T> timed(Operation operation, Supplier<Uni<? extends T>> work) {
        return timed(operation, work, done -> true, Function.identity());
    }

    /**
     * @param work fails with unchecked exceptions only
     * @param first whether nobody else was
     * @param then makes something of what comes
     * @return the same work. Nobody hears what comes of it when nobody waits for it any more
     */
    <T> Uni<T> timed(Operation operation, Supplier<Uni<? extends T>> work, Predicate<T> first, Function<T, T> then) {
        return Step.deferred(() -> {
            long start = clock.monotonicTime();
            return new Step<T, T>(work.get(), done -> {
                record(operation, first.test(done) ? Outcome.SUCCESS : Outcome.CONFLICT, start);
                return then.apply(done);
            }, problem -> {
                record(operation, Outcome.FAILURE, start);
                throw (RuntimeException) problem;
            });
        });
    }

    /** That a meter fails is no failure of what it has measured, which may have stored an approval. */
    private void record(Operation operation, Outcome outcome, long start) {
        try {
            timers.get(operation).get(outcome).record(clock.monotonicTime() - start, TimeUnit.NANOSECONDS);
        } catch (Throwable problem) {
            LOG.debugf(problem, "The meter of %s failed", operation);
        }
    }
}
