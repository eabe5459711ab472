package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * Whatever a store throws is a failure of its answer, of one type, and nothing happens before somebody wants that answer. One
 * that outlives the process, and so depends on something outside of it, fails when it doesn't answer at all: whoever waits for
 * tokens would wait for ever.
 *
 * @param store the store
 * @param patience for how long it is waited for
 */
public record DeferredStore(AuthorizationStore store, Duration patience) implements AuthorizationStore {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** @param store is waited for a minute */
    public DeferredStore(AuthorizationStore store) {
        this(store, PATIENCE);
    }

    @Override
    public boolean shared() {
        return store.shared();
    }

    @Override
    public boolean handsOver() {
        return store.handsOver();
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return told(() -> store.findFlow(client, id));
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        return told(() -> store.findFlows(client, owner));
    }

    @Override
    public Uni<List<StoredFlow>> findAbandoned(String client, Instant before, int atMost) {
        return told(() -> store.findAbandoned(client, before, atMost));
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        return told(() -> store.replaceFlow(expectedVersion, replacement));
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return told(() -> store.findTokens(client, owner));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return told(() -> store.replaceTokens(client, owner, expectedVersion, replacement));
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return told(() -> store.findOwners(client));
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return Step.deferred(() -> {
            AtomicBoolean received = new AtomicBoolean();
            return told(() -> orGivenBack(store.leaseRefresh(client, owner, atMost), received)).onItem().transform(taken -> {
                received.set(true);
                return taken.map(DeferredStore::released);
            });
        });
    }

    /**
     * Who takes a lease is not cut short: one that comes when nobody waits for it any more might be held as long as the process
     * lives, and is given back.
     */
    private static Uni<Optional<RefreshLease>> orGivenBack(Uni<Optional<RefreshLease>> lease, AtomicBoolean received) {
        return Uni.createFrom().emitter(emitter -> lease.subscribe().with(taken -> {
            emitter.complete(taken);
            if (taken != null && taken.isPresent() && !received.get()) {
                released(taken.get()).release().subscribe().with(done -> {
                });
            }
        }, emitter::fail));
    }

    /** What can't be released runs out, and takes nothing from who had it. */
    private static RefreshLease released(RefreshLease lease) {
        return () -> Uni.createFrom().deferred(lease::release).onFailure().recoverWithNull();
    }

    private <T> Uni<T> told(Supplier<Uni<? extends T>> call) {
        Uni<T> answer = Step.deferred(call);
        return (store.shared() ? answer.ifNoItem().after(patience).failWith(this::silent) : answer)
                .plug(stored -> new Step<>(stored, DeferredStore::answered, DeferredStore::failed));
    }

    private static <T> T answered(T answer) {
        if (answer == null) {
            throw new AuthorizationStoreException("The store answered with null, which no store may. It is a bean of this"
                    + " application: mend it", null);
        }
        return answer;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // it returns nothing
    private static <T> T failed(Throwable problem) {
        throw problem instanceof AuthorizationStoreException known ? known
                : new AuthorizationStoreException("The store failed with " + problem.getClass().getName()
                        + ", which is not quoted here, since it may hold secrets. What it has to say, a store says by an"
                        + " AuthorizationStoreException", problem);
    }

    private AuthorizationStoreException silent() {
        return new AuthorizationStoreException("The store has not answered for " + patience.toSeconds()
                + " seconds. Check what it depends on, such as a disk or a server", null);
    }
}
