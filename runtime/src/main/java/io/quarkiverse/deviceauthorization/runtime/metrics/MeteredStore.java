package io.quarkiverse.deviceauthorization.runtime.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.runtime.metrics.StoreMeters.Operation;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * A store whose operations are timed.
 *
 * @param store fails with unchecked exceptions only, and also when it doesn't answer
 * @param meters those of the client
 */
record MeteredStore(AuthorizationStore store, StoreMeters meters) implements AuthorizationStore {

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
        return meters.timed(Operation.FIND_FLOW, () -> store.findFlow(client, id));
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        return meters.timed(Operation.FIND_FLOWS, () -> store.findFlows(client, owner));
    }

    @Override
    public Uni<List<StoredFlow>> findAbandoned(String client, Instant before, int atMost) {
        return meters.timed(Operation.FIND_ABANDONED, () -> store.findAbandoned(client, before, atMost));
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        return meters.timed(Operation.REPLACE_FLOW, () -> store.replaceFlow(expectedVersion, replacement), done -> done,
                Function.identity());
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return meters.timed(Operation.FIND_TOKENS, () -> store.findTokens(client, owner));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return meters.timed(Operation.REPLACE_TOKENS,
                () -> store.replaceTokens(client, owner, expectedVersion, replacement), done -> done, Function.identity());
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return meters.timed(Operation.FIND_OWNERS, () -> store.findOwners(client));
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return meters.timed(Operation.LEASE_REFRESH, () -> store.leaseRefresh(client, owner, atMost), Optional::isPresent,
                taken -> taken.map(this::timed));
    }

    private RefreshLease timed(RefreshLease lease) {
        return () -> meters.timed(Operation.RELEASE_REFRESH, lease::release);
    }
}
