package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** A store in memory, for tests that let one of its methods misbehave. */
public class ForwardingStore implements AuthorizationStore {

    private final InstantSource clock;
    private AuthorizationStore memory;

    /** The clock stands still: nothing is forgotten. */
    public ForwardingStore() {
        this(new VirtualTime());
    }

    public ForwardingStore(InstantSource clock) {
        this.clock = clock;
        forget();
    }

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
    public Uni<Boolean> replaceTokens(String client, String owner, long version, Optional<StoredTokens> replacement) {
        return memory.replaceTokens(client, owner, version, replacement);
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return memory.findOwners(client);
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return memory.leaseRefresh(client, owner, atMost);
    }

    /** Loses everything, as when somebody removes a directory. */
    public final void forget() {
        memory = new MemoryAuthorizationStore(clock);
    }
}
