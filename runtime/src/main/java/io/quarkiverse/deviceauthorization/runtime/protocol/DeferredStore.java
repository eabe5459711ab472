package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** Whatever a store throws is a failure of its answer, of one type, and nothing happens before somebody wants that answer. */
public record DeferredStore(AuthorizationStore store) implements AuthorizationStore {

    @Override
    public boolean shared() {
        return store.shared();
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
        return told(() -> store.leaseRefresh(client, owner, atMost)).onItem()
                .transform(taken -> taken.map(DeferredStore::released));
    }

    /** What can't be released runs out, and takes nothing from who had it. */
    private static RefreshLease released(RefreshLease lease) {
        return () -> Uni.createFrom().deferred(lease::release).onFailure().recoverWithNull();
    }

    private static <T> Uni<T> told(Supplier<Uni<? extends T>> call) {
        return Uni.createFrom().<T> deferred(call).onFailure(problem -> !(problem instanceof AuthorizationStoreException))
                .transform(problem -> new AuthorizationStoreException("The store failed: " + problem, problem));
    }
}
