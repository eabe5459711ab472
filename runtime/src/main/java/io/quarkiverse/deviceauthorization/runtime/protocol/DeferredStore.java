package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.Optional;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** Whatever a store throws is a failure of its answer, and nothing happens before somebody wants that answer. */
public record DeferredStore(AuthorizationStore store) implements AuthorizationStore {

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return Uni.createFrom().deferred(() -> store.findFlow(client, id));
    }

    @Override
    public Uni<Void> saveFlow(StoredFlow flow) {
        return Uni.createFrom().deferred(() -> store.saveFlow(flow));
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return Uni.createFrom().deferred(() -> store.findTokens(client, owner));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return Uni.createFrom().deferred(() -> store.replaceTokens(client, owner, expectedVersion, replacement));
    }
}
