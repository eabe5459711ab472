package io.quarkiverse.deviceauthorization.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.runtime.store.Encryption;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * Keeps flows and tokens in Redis, so that any node of an application goes on with what another one began.
 */
public final class RedisAuthorizationStore implements AuthorizationStore {

    private record Client(RedisFlows flows, RedisTokens tokens) {
    }

    private final RedisCommands commands;
    private final String prefix;
    private final Lifetimes lifetimes;
    private final ClientTexts texts;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    /**
     * @param prefix what all keys begin with
     * @param idleTimeout for how long tokens are kept that can be refreshed, after they were last used
     * @param encryption finds the encryption of a client, if there is one
     * @param clock tells when a flow can be forgotten
     */
    RedisAuthorizationStore(RedisCommands commands, String prefix, Duration idleTimeout,
            Function<String, Optional<Encryption>> encryption, InstantSource clock) {
        this.commands = commands;
        this.prefix = prefix;
        this.lifetimes = new Lifetimes(clock, idleTimeout);
        this.texts = new ClientTexts(encryption);
    }

    private Client client(String name) {
        return clients.computeIfAbsent(name, missing -> {
            ClientKeys keys = new ClientKeys(prefix, missing);
            return new Client(new RedisFlows(commands, keys, texts, lifetimes),
                    new RedisTokens(commands, keys, texts, lifetimes));
        });
    }

    @Override
    public boolean handsOver() {
        return true;
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        Objects.requireNonNull(id, "id");
        return Uni.createFrom().deferred(() -> client(client).flows.find(id));
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        Objects.requireNonNull(owner, "owner");
        return Uni.createFrom().deferred(() -> client(client).flows.findPending(owner));
    }

    @Override
    public Uni<List<StoredFlow>> findAbandoned(String client, Instant before, int atMost) {
        Objects.requireNonNull(before, "before");
        return Uni.createFrom().deferred(() -> client(client).flows.findAbandoned(before, atMost));
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        Objects.requireNonNull(replacement, "replacement");
        return Uni.createFrom()
                .deferred(() -> client(replacement.pending().client()).flows.replace(expectedVersion, replacement));
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        Objects.requireNonNull(owner, "owner");
        return Uni.createFrom().deferred(() -> client(client).tokens.find(owner));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        Objects.requireNonNull(owner, "owner");
        return Uni.createFrom().deferred(() -> {
            RedisTokens tokens = client(client).tokens;
            return replacement.map(stored -> tokens.replace(owner, expectedVersion, stored))
                    .orElseGet(() -> tokens.forget(owner, expectedVersion));
        });
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        return Uni.createFrom().deferred(() -> client(client).tokens.owners());
    }

    /** A lease runs out by the clock of Redis, also while its holder hangs. */
    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(atMost, "atMost");
        return Uni.createFrom().deferred(() -> client(client).tokens.lease(owner, atMost));
    }

    /**
     * @param timeout how long Redis may take
     * @param cache how long an answer is good for
     * @return what finds out whether flows and tokens of a client can be stored
     */
    StoreProbe probe(String client, Duration timeout, Duration cache, InstantSource time) {
        return new StoreProbe(commands, new ClientKeys(prefix, client), timeout, cache, time);
    }
}
