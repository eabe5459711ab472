package io.quarkiverse.deviceauthorization.redis.runtime;

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
 * Keeps flows and tokens in Redis, so that any node of an application goes on with what another one began. It is the store of
 * an application that has this extension, unless that has another one of its own, for each client that sets no
 * {@code tokens.store}.
 * <p>
 * <b>Who can read it.</b> Whoever can read the Redis server, its files (RDB, AOF), its replicas or its backups has the device
 * codes and the tokens, and can use them. With {@code tokens.encryption.*}, they need the key as well. Names of clients and
 * owners, ids of flows, versions, and when what ends are never encrypted. Whoever can write there can forget or exchange what
 * is stored, or bring back what was there before; what belongs to another owner or client is not used, nor is what is not
 * encrypted where all else is, unless {@code tokens.encryption.accept-plain} says so.
 * <p>
 * <b>What stays.</b> A write is as durable as the server makes it: with {@code appendonly yes} and {@code appendfsync always}
 * it is on the disk before it is acknowledged, with {@code everysec} the last second may be lost, and without either everything
 * is, when the server ends. Replicas follow later, and {@code WAIT} is not used: what was acknowledged can be lost in a
 * failover. A refresh token that has been spent meanwhile makes a person sign in again. The server must not evict:
 * {@code maxmemory-policy noeviction}.
 * <p>
 * <b>What goes.</b> Every key expires: a flow ten minutes after its codes ended, tokens that can be refreshed after
 * {@code idle-timeout} without use, others ten minutes after they ended.
 * <p>
 * Each write is one Lua script, which is done as a whole or not at all. When its answer is lost it is sent again, and finds out
 * that it was done. All keys of a client have its name as their hash tag, and so are on one shard of a Redis Cluster.
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
