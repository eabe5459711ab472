package io.quarkiverse.deviceauthorization.deployment.store;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** A store of an application, which keeps all in memory, and overrides what its test is about. */
public abstract class ForwardingStore implements AuthorizationStore {

    private final AuthorizationStore memory = new MemoryAuthorizationStore(Clock.systemUTC());

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return memory.findFlow(client, id);
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        return memory.findFlows(client, owner);
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        return memory.replaceFlow(expectedVersion, replacement);
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return memory.findTokens(client, owner);
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return memory.replaceTokens(client, owner, expectedVersion, replacement);
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return memory.findOwners(client);
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return memory.leaseRefresh(client, owner, atMost);
    }
}
