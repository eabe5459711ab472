package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** A store that several processes share, and that fails when a test says so. */
final class SharedStore extends ForwardingStore {

    RuntimeException readProblem;
    RuntimeException writeProblem;
    RuntimeException leaseProblem;
    RuntimeException releaseProblem;
    /** What another process does just before the next lease or the next write. */
    Runnable beforeLease;
    Runnable beforeWrite;
    /** Whether somebody who hangs has every lease. */
    boolean hanging;

    SharedStore(InstantSource clock) {
        super(clock);
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return unless(() -> readProblem, super.findTokens(client, owner));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long version, Optional<StoredTokens> replacement) {
        return unless(() -> writeProblem, () -> {
            Runnable other = beforeWrite;
            beforeWrite = null;
            run(other);
        }, super.replaceTokens(client, owner, version, replacement));
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return unless(() -> leaseProblem, () -> {
            Runnable other = beforeLease;
            beforeLease = null;
            run(other);
        }, Uni.createFrom().deferred(() -> hanging ? Uni.createFrom().item(Optional.empty())
                : super.leaseRefresh(client, owner, atMost).onItem().transform(taken -> taken
                        .map(lease -> () -> unless(() -> releaseProblem, lease.release())))));
    }

    private static void run(Runnable other) {
        if (other != null) {
            other.run();
        }
    }

    private static <T> Uni<T> unless(Supplier<RuntimeException> problem, Uni<T> operation) {
        return unless(problem, () -> {
        }, operation);
    }

    private static <T> Uni<T> unless(Supplier<RuntimeException> problem, Runnable first, Uni<T> operation) {
        return Uni.createFrom().deferred(() -> {
            first.run();
            RuntimeException failure = problem.get();
            return failure == null ? operation : Uni.createFrom().failure(failure);
        });
    }
}
