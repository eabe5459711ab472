package org.acme;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.acme.Database.Key;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

// tag::store[]
@ApplicationScoped
public class DatabaseStore implements AuthorizationStore {

    private final Database database;
    private final InstantSource clock;

    @Inject
    DatabaseStore(Database database) {
        this(database, InstantSource.system());
    }

    DatabaseStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return later(() -> database.tokens(new Key(client, owner)));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        return later(() -> database.replace(new Key(client, owner), expectedVersion, replacement)); // <1>
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return later(() -> lease(new Key(client, owner), atMost));
    }

    private Optional<RefreshLease> lease(Key key, Duration atMost) {
        String holder = UUID.randomUUID().toString();
        Instant now = clock.instant();
        if (!database.lease(key, holder, now, now.plus(atMost))) { // <2>
            return Optional.empty();
        }
        return Optional.of(() -> later(() -> {
            database.release(key, holder); // <3>
            return null;
        }));
    }

    private static <T> Uni<T> later(Supplier<T> answer) {
        return Uni.createFrom().item(answer); // <4>
    }
    // end::store[]

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return later(() -> database.owners(client));
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        return later(() -> database.flow(new Key(client, id)));
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(owner, "owner");
        return later(() -> database.flows(flow -> flow.status() == StoredFlow.Status.PENDING
                && flow.pending().client().equals(client) && flow.pending().owner().equals(owner)
                && clock.instant().isBefore(flow.pending().expiresAt())));
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        Key key = new Key(replacement.pending().client(), replacement.pending().id());
        return later(() -> database.replace(key, expectedVersion, replacement));
    }
    // tag::store[]

    // and so on, for flows and owners
}
// end::store[]
