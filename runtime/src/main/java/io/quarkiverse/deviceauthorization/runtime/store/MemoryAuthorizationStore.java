package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * Keeps flows and tokens in this process: they end with it, and nobody outside of it can read them. A flow is forgotten
 * ten minutes after its codes ended, or in the minute after that.
 * <p>
 * Tokens are kept until somebody signs out, unless a limit is set. Then the least recently used go first: those that were
 * neither read nor replaced for longest. An application reads tokens from its store when they are refreshed, not at each use:
 * nobody who is active is forgotten as long as the idle timeout is longer than an access token lives. Neither the tokens
 * written last nor those that are being refreshed ever make room for others.
 */
public final class MemoryAuthorizationStore implements AuthorizationStore {

    private final MemoryFlows flows;
    private final MemoryTokens tokens;
    private final MemoryLeases leases;

    /**
     * Keeps tokens as long as nobody signs out.
     *
     * @param clock tells when a flow can be forgotten
     */
    public MemoryAuthorizationStore(InstantSource clock) {
        this(clock, OptionalInt.empty(), Optional.empty());
    }

    /**
     * @param clock tells when something can be forgotten
     * @param maxOwners how many sets of tokens are kept, of all clients together. One more makes room: tokens that have expired
     *        and have no refresh token go first, then the least recently used, with a warning
     * @param idleTimeout for how long tokens are kept that are neither read nor replaced. They are forgotten when the store is
     *        used next
     * @throws IllegalArgumentException if nothing could be kept: less than one owner, or a timeout that isn't positive
     */
    public MemoryAuthorizationStore(InstantSource clock, OptionalInt maxOwners, Optional<Duration> idleTimeout) {
        this.flows = new MemoryFlows(clock);
        this.leases = new MemoryLeases(clock);
        this.tokens = new MemoryTokens(clock, maxOwners, idleTimeout, leases::isHeld);
    }

    /** @return false: only this process sees what is stored */
    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(id, "id");
        return later(() -> flows.find(client, id));
    }

    @Override
    public Uni<List<StoredFlow>> findFlows(String client, String owner) {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(owner, "owner");
        return later(() -> flows.unfinished(client, owner));
    }

    @Override
    public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
        Objects.requireNonNull(replacement, "replacement");
        return later(() -> flows.replace(expectedVersion, replacement));
    }

    @Override
    public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
        return later(() -> tokens.find(new MemoryTokens.Key(client, owner)));
    }

    @Override
    public Uni<Boolean> replaceTokens(String client, String owner, long expectedVersion, Optional<StoredTokens> replacement) {
        Objects.requireNonNull(replacement, "replacement");
        return later(() -> tokens.replace(new MemoryTokens.Key(client, owner), expectedVersion, replacement));
    }

    @Override
    public Uni<Set<String>> findOwners(String client) {
        Objects.requireNonNull(client, "client");
        return later(() -> tokens.owners(client));
    }

    @Override
    public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
        return later(() -> leases.take(new MemoryTokens.Key(client, owner), atMost));
    }

    /** What is read from memory needs no context of a caller. */
    private static <T> Uni<T> later(Supplier<T> answer) {
        return Step.deferred(() -> Uni.createFrom().item(answer.get()));
    }
}
