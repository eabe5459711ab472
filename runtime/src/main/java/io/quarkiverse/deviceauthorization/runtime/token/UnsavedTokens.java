package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * Stores refreshed tokens, and holds them as long as that can't be done: the refresh token that they replace may be spent, so
 * this is the only copy. The lease is held as long, or another process would spend the old one again.
 */
final class UnsavedTokens {

    private static final Logger LOG = Logger.getLogger(UnsavedTokens.class);
    /** Soon at first, since the lease runs out; then ever later, but not too late. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    /** What became of refreshed tokens. */
    enum Outcome {
        /** They are stored. */
        STORED,
        /** Somebody has signed in or out meanwhile: what is stored now counts. */
        SUPERSEDED
    }

    private record Held(StoredTokens base, Tokens tokens, RefreshLease lease) {
    }

    private final TokenVault vault;
    private final OwnerTokens owner;
    private volatile Held held;

    UnsavedTokens(TokenVault vault, OwnerTokens owner) {
        this.vault = vault;
        this.owner = owner;
    }

    /**
     * @param base what is stored as long as the refresh has not been noted
     * @param tokens what it brought
     * @param lease is released when they are stored or superseded
     */
    Uni<Outcome> save(StoredTokens base, Tokens tokens, RefreshLease lease) {
        Held mine = new Held(base, tokens, lease);
        held = mine;
        vault.hold(owner);
        return write(mine).onFailure().invoke(problem -> {
            LOG.warnf("Refreshed tokens of %s could not be stored, and are kept in memory until they can: %s",
                    ConfigKeys.describe(vault.client), problem.getMessage());
            retryLater(mine, FIRST_RETRY);
        });
    }

    /** Stores what could not be stored before, if there is such. */
    Uni<Void> save() {
        Held waiting = held;
        return waiting == null ? Uni.createFrom().voidItem() : write(waiting).replaceWithVoid();
    }

    @SuppressWarnings("ReferenceEquality") // this very write, and no other one of the same tokens
    private void retryLater(Held waiting, Duration wait) {
        Duration next = wait.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? wait.multipliedBy(2) : LONGEST_RETRY;
        vault.timer.schedule(wait, () -> {
            if (held == waiting && !vault.isStopped()) {
                write(waiting).subscribe().with(outcome -> {
                }, problem -> retryLater(waiting, next));
            }
        });
    }

    private Uni<Outcome> write(Held waiting) {
        return replace(waiting.base, waiting)
                .onItem().transformToUni(outcome -> {
                    if (settled(waiting) && outcome == Outcome.STORED) {
                        vault.events.accept(new Refreshed(vault.client, owner.name()));
                    }
                    return waiting.lease.release().replaceWith(outcome);
                });
    }

    private Uni<Outcome> replace(StoredTokens old, Held waiting) {
        StoredTokens next = old.refreshed(waiting.tokens);
        return vault.store.replaceTokens(vault.client, owner.name(), old.version(), Optional.of(next))
                .onItem().transformToUni(done -> done ? Uni.createFrom().item(Outcome.STORED) : compare(waiting));
    }

    /** @return whether nobody has known it yet: a caller and the timer may try at the same time */
    @SuppressWarnings("ReferenceEquality") // likewise
    private synchronized boolean settled(Held waiting) {
        if (held != waiting) {
            return false;
        }
        held = null;
        vault.release(owner);
        return true;
    }

    /**
     * An earlier try may have succeeded although its answer said otherwise. Or somebody else, to whom the lease has gone
     * meanwhile, has noted that the old tokens are being refreshed: they are spent, and these are what came of it.
     */
    private Uni<Outcome> compare(Held waiting) {
        return owner.find().onItem().transformToUni(found -> {
            if (found.isEmpty()) {
                return revoke(waiting.tokens).replaceWith(Outcome.SUPERSEDED);
            }
            if (found.get().tokens().equals(waiting.base.tokens())) {
                return replace(found.get(), waiting);
            }
            return Uni.createFrom().item(found.get().tokens().accessToken().equals(waiting.tokens.accessToken())
                    ? Outcome.STORED
                    : Outcome.SUPERSEDED);
        });
    }

    /** The owner signed out during the refresh: nobody but us knows the tokens that it brought. */
    private Uni<Void> revoke(Tokens unwanted) {
        return vault.server.revoke(unwanted)
                .onFailure()
                .invoke(problem -> LOG.warnf("Tokens of %s that were refreshed during a sign-out are not revoked: %s",
                        ConfigKeys.describe(vault.client), problem.getMessage()))
                .onFailure().recoverWithNull();
    }
}
