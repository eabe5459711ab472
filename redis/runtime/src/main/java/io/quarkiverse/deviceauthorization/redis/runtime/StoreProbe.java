package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.deviceauthorization.runtime.protocol.RecentAnswer;
import io.smallrye.mutiny.Uni;

/** Finds out whether flows and tokens of one client can be stored, by storing something and reading it. */
final class StoreProbe {

    private static final Duration KEPT = Duration.ofMinutes(1);

    /**
     * What came of it.
     *
     * @param latency how long it took
     * @param cached whether it is the answer to an earlier probe
     * @param problem what is wrong, if something is
     */
    record Result(Duration latency, boolean cached, Optional<String> problem) {

        private Result remembered() {
            return new Result(latency, true, problem);
        }
    }

    private final RedisCommands commands;
    private final ClientKeys keys;
    private final Duration timeout;
    private final InstantSource clock;
    private final RecentAnswer<Result> recent;

    /**
     * @param timeout how long Redis may take
     * @param cache how long an answer is good for
     */
    StoreProbe(RedisCommands commands, ClientKeys keys, Duration timeout, Duration cache, InstantSource clock) {
        this.commands = commands;
        this.keys = keys;
        this.timeout = timeout;
        this.clock = clock;
        this.recent = new RecentAnswer<>(cache, clock);
    }

    /** @return the state of the store; never fails. Callers at the same time share one request */
    Uni<Result> probe() {
        return recent.get(this::ask, Result::remembered);
    }

    private Uni<Result> ask() {
        long start = clock.millis();
        String written = UUID.randomUUID().toString();
        return Uni.createFrom().deferred(() -> commands.runOnce(Script.PROBE, List.of(keys.probe()),
                List.of(written, Lifetimes.millis(KEPT)), timeout))
                .onItem().transform(read -> read != null && written.equals(read.toString()) ? Optional.<String> empty()
                        : Optional.of("what was written is not what is read"))
                .onFailure().recoverWithItem(failure -> Optional.of(String.valueOf(failure.getMessage())))
                .onItem().transform(problem -> new Result(Duration.ofMillis(clock.millis() - start), false, problem));
    }
}
