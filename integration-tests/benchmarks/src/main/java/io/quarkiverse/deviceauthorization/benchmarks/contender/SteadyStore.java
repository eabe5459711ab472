package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * The default store, which remembers flows until ten minutes after their codes; but here they can be forgotten at once. A
 * driver starts in a minute more of them than an application does in those, and what is measured is no heap that grows to
 * gigabytes.
 */
@Singleton
class SteadyStore implements AuthorizationStore {

    private volatile MemoryAuthorizationStore store = empty();

    private static MemoryAuthorizationStore empty() {
        return new MemoryAuthorizationStore(Clock.systemUTC());
    }

    void forget() {
        store = empty();
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return store.findFlow(client, id);
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        return store.findFlows(client, owner);
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        return store.replaceFlow(expectedVersion, replacement);
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return store.findTokens(client, owner);
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return store.replaceTokens(client, owner, expectedVersion, replacement);
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return store.findOwners(client);
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return store.leaseRefresh(client, owner, atMost);
    }
}
