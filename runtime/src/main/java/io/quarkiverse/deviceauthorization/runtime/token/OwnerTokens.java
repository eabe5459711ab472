package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * The tokens of one owner: valid ones from memory, else from the store, else refreshed. At most one refresh is in flight,
 * and what it brings is stored before anybody sees it.
 */
public final class OwnerTokens {

    private static final Logger LOG = Logger.getLogger(OwnerTokens.class);

    /** Tokens in memory, and until when they can be handed out as they are. */
    private record Fresh(Tokens tokens, long untilMillis) {
    }

    private final TokenVault vault;
    private final String owner;
    private final AtomicReference<Uni<Tokens>> obtaining = new AtomicReference<>();
    private volatile Fresh fresh;
    private volatile Tokens unsaved;

    OwnerTokens(TokenVault vault, String owner) {
        this.vault = vault;
        this.owner = owner;
    }

    /** @return tokens in memory that need nothing, or null */
    public Tokens ready() {
        Fresh known = fresh;
        return known != null && vault.clock.millis() < known.untilMillis ? known.tokens : null;
    }

    /** @return valid tokens; fails with {@link AuthorizationRequiredException} when a person is needed */
    public Uni<Tokens> get() {
        return Uni.createFrom().deferred(() -> {
            Tokens ready = ready();
            return ready != null ? Uni.createFrom().item(ready) : obtain();
        });
    }

    /** All callers share one look at the store and one refresh; one who stops waiting doesn't stop it. */
    private Uni<Tokens> obtain() {
        Uni<Tokens> mine = Uni.createFrom().deferred(this::fromStore)
                .onTermination().invoke(() -> obtaining.set(null))
                .memoize().indefinitely();
        Uni<Tokens> first = obtaining.compareAndExchange(null, mine);
        return first != null ? first : mine;
    }

    private Uni<Tokens> fromStore() {
        Tokens ready = ready();
        if (ready != null) {
            return Uni.createFrom().item(ready);
        }
        return saveUnsaved().onItem().transformToUni(nothing -> find())
                .onItem().transformToUni(found -> found.isEmpty() ? Uni.createFrom().failure(nobody())
                        : isFresh(found.get().tokens()) ? Uni.createFrom().item(publish(found.get().tokens()))
                                : refresh(found.get()));
    }

    private Uni<Tokens> refresh(StoredTokens old) {
        if (old.tokens().refreshToken().isEmpty()) {
            return isValid(old.tokens()) ? Uni.createFrom().item(old.tokens())
                    : Uni.createFrom().failure(ended("They have no refresh token: add the scope that brings one"
                            + " (often offline_access) to be asked less often"));
        }
        return vault.server.refresh(old.tokens()).onItem().transformToUni(answer -> {
            if (answer instanceof TokenAnswer.Granted granted) {
                return save(old, granted.tokens());
            } else if (answer instanceof TokenAnswer.Error error) {
                return error.error().code().equals("invalid_grant") ? rejected(old, error.error())
                        : keep(old, new Refusal(vault.client).ofRefresh(error.error()));
            }
            return keep(old, ((TokenAnswer.Unavailable) answer).failure());
        });
    }

    /** The old refresh token may be spent: the new tokens stay in memory until they are written. */
    private Uni<Tokens> save(StoredTokens old, Tokens refreshed) {
        unsaved = refreshed;
        return vault.store.replaceTokens(vault.client, owner, old.version(),
                Optional.of(new StoredTokens(refreshed, old.version() + 1)))
                .onItem().transformToUni(done -> {
                    unsaved = null;
                    if (!done) {
                        return find().onItem().transform(found -> publish(found.orElseThrow(this::nobody).tokens()));
                    }
                    publish(refreshed);
                    vault.events.accept(new Refreshed(vault.client, owner));
                    return Uni.createFrom().item(refreshed);
                });
    }

    private Uni<Tokens> keep(StoredTokens old, RuntimeException problem) {
        if (isValid(old.tokens())) {
            LOG.debugf("The tokens of %s could not be refreshed yet: %s", ConfigKeys.describe(vault.client),
                    problem.getMessage());
            return Uni.createFrom().item(old.tokens());
        }
        return Uni.createFrom().failure(problem);
    }

    /** Somebody else may have spent this refresh token and stored a newer one: look again before forgetting anything. */
    private Uni<Tokens> rejected(StoredTokens old, OAuthError error) {
        return find().onItem().transformToUni(found -> {
            if (found.isPresent() && found.get().version() != old.version()) {
                return isFresh(found.get().tokens()) ? Uni.createFrom().item(publish(found.get().tokens()))
                        : refresh(found.get());
            }
            return vault.store.replaceTokens(vault.client, owner, old.version(), Optional.empty())
                    .onItem().transformToUni(done -> {
                        fresh = null;
                        vault.events.accept(new RefreshRejected(vault.client, owner, error.code()));
                        return Uni.createFrom().failure(new AuthorizationRequiredException(
                                "The authorization server no longer accepts the refresh token of "
                                        + ConfigKeys.describe(vault.client) + ": "
                                        + error + ". Ask the person to sign in again",
                                error));
                    });
        });
    }

    /**
     * Stores what a person approved, over whatever was there.
     *
     * @param tokens the tokens
     * @return completes when they are stored
     */
    public Uni<Void> granted(Tokens tokens) {
        return find().onItem().transformToUni(found -> {
            long version = found.map(StoredTokens::version).orElse(0L);
            return vault.store.replaceTokens(vault.client, owner, version, Optional.of(new StoredTokens(tokens, version + 1)));
        }).onItem().transformToUni(done -> {
            if (!done) {
                return granted(tokens);
            }
            unsaved = null;
            publish(tokens);
            return Uni.createFrom().voidItem();
        });
    }

    /** @return revokes the tokens, then forgets them; fails and keeps them when the server can't be asked */
    public Uni<Void> signOut() {
        return saveUnsaved().onItem().transformToUni(nothing -> find()).onItem().transformToUni(found -> {
            if (found.isEmpty()) {
                fresh = null;
                return Uni.createFrom().voidItem();
            }
            return vault.server.revoke(found.get().tokens())
                    .onItem().transformToUni(nothing -> vault.store.replaceTokens(vault.client, owner, found.get().version(),
                            Optional.empty()))
                    .onItem().transformToUni(done -> {
                        if (!done) {
                            return signOut();
                        }
                        fresh = null;
                        vault.events.accept(new SignedOut(vault.client, owner));
                        return Uni.createFrom().voidItem();
                    });
        });
    }

    private Uni<Void> saveUnsaved() {
        Tokens waiting = unsaved;
        return waiting == null ? Uni.createFrom().voidItem() : granted(waiting);
    }

    private Uni<Optional<StoredTokens>> find() {
        return vault.store.findTokens(vault.client, owner);
    }

    private Tokens publish(Tokens tokens) {
        fresh = new Fresh(tokens, tokens.expiresAt().map(this::freshUntil).orElse(Long.MAX_VALUE));
        return tokens;
    }

    /** The skew, but never more than half of what is left, or a short-lived token would be refreshed at each use. */
    private long freshUntil(Instant end) {
        long left = Math.max(0, Duration.between(vault.clock.instant(), end).toMillis());
        return end.toEpochMilli() - Math.min(vault.refreshSkew.toMillis(), left / 2);
    }

    private boolean isFresh(Tokens tokens) {
        return tokens.expiresAt().map(end -> vault.clock.instant().isBefore(end.minus(vault.refreshSkew))).orElse(true);
    }

    private boolean isValid(Tokens tokens) {
        return tokens.expiresAt().map(end -> vault.clock.instant().isBefore(end)).orElse(true);
    }

    private AuthorizationRequiredException nobody() {
        return new AuthorizationRequiredException(
                "Nobody is signed in for " + ConfigKeys.describe(vault.client) + " as '" + owner
                        + "'. Ask the person to sign in: login(), or start() and await()",
                null);
    }

    private AuthorizationRequiredException ended(String hint) {
        return new AuthorizationRequiredException("The tokens of " + ConfigKeys.describe(vault.client)
                + " have expired, and the person has to sign in again. " + hint, null);
    }
}
