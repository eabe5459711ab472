package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.SingleFlight;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * The tokens of one owner: valid ones from memory, else from the store, else refreshed. At most one refresh is in flight,
 * and what it brings is stored before anybody sees it.
 */
public final class OwnerTokens {

    private static final Logger LOG = Logger.getLogger(OwnerTokens.class);

    /** How long a server that can't be asked is left alone, so that not every caller waits for its time-out. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** Tokens in memory, and until when they can be handed out as they are. */
    private record Fresh(Tokens tokens, long untilMillis) {
    }

    /** Refreshed tokens that could not be stored. The refresh token that they replace may be spent: this is the only copy. */
    private record Unsaved(StoredTokens base, Tokens tokens) {
    }

    /** Until when no refresh is tried, and why. */
    private record Paused(RuntimeException reason, long untilMillis) {
    }

    private final TokenVault vault;
    private final String owner;
    private final SingleFlight<Tokens> obtaining = new SingleFlight<>();
    private volatile Fresh fresh;
    private volatile Unsaved unsaved;
    private volatile Paused paused;
    private int signOuts;

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
            return ready != null ? Uni.createFrom().item(ready) : obtaining.join(this::obtain);
        });
    }

    private Uni<Tokens> obtain() {
        Tokens ready = ready();
        if (ready != null) {
            return Uni.createFrom().item(ready);
        }
        int epoch = epoch();
        return saveUnsaved().onItem().transformToUni(nothing -> find()).onItem().transformToUni(found -> found
                .map(stored -> use(stored, epoch)).orElseGet(() -> Uni.createFrom().failure(nobody())));
    }

    private Uni<Tokens> use(StoredTokens stored, int epoch) {
        return vault.clock.millis() < freshUntil(stored.tokens()) ? Uni.createFrom().item(publish(stored.tokens(), epoch))
                : refresh(stored, epoch);
    }

    private Uni<Tokens> refresh(StoredTokens old, int epoch) {
        if (old.tokens().refreshToken().isEmpty()) {
            return isValid(old.tokens()) ? Uni.createFrom().item(old.tokens()) : Uni.createFrom().failure(ended());
        }
        Paused pause = paused;
        if (pause != null && vault.clock.millis() < pause.untilMillis) {
            return keep(old, pause.reason);
        }
        return Uni.createFrom().deferred(() -> vault.server.refresh(old.tokens()))
                .onFailure().recoverWithItem(this::unavailable)
                .onItem().transformToUni(answer -> {
                    if (answer instanceof TokenAnswer.Granted granted) {
                        paused = null;
                        return save(old, granted.tokens(), epoch);
                    } else if (answer instanceof TokenAnswer.Error error) {
                        return error.error().code().equals("invalid_grant") ? rejected(old, error.error(), epoch)
                                : keep(old, new Refusal(vault.client, vault.server::cure).ofRefresh(error.error()));
                    }
                    return pause(old, (TokenAnswer.Unavailable) answer);
                });
    }

    /** What goes wrong before the request is sent, as in the configuration, is no reason to withhold tokens that are valid. */
    private TokenAnswer unavailable(Throwable problem) {
        return new TokenAnswer.Unavailable(new Refusal(vault.client).unexpected(problem), Optional.empty());
    }

    private Uni<Tokens> pause(StoredTokens old, TokenAnswer.Unavailable answer) {
        Duration asked = answer.retryAfter().filter(wait -> wait.compareTo(PAUSE) > 0).orElse(PAUSE);
        paused = new Paused(answer.failure(),
                vault.clock.millis() + Math.min(asked.toMillis(), LONGEST_PAUSE.toMillis()));
        return keep(old, answer.failure());
    }

    /** Stored first, seen then. Somebody else may have been first: a new sign-in, or a sign-out. */
    private Uni<Tokens> save(StoredTokens old, Tokens refreshed, int epoch) {
        hold(new Unsaved(old, refreshed));
        return replace(old, refreshed).onItem().transformToUni(done -> {
            hold(null);
            if (done) {
                publish(refreshed, epoch);
                vault.events.accept(new Refreshed(vault.client, owner));
                return Uni.createFrom().item(refreshed);
            }
            return find().onItem().transformToUni(found -> found.isPresent()
                    ? Uni.createFrom().item(publish(found.get().tokens(), epoch))
                    : revokeUnwanted(refreshed));
        });
    }

    /** The owner signed out during the refresh: nobody but us knows the tokens that it brought. */
    private Uni<Tokens> revokeUnwanted(Tokens refreshed) {
        return vault.server.revoke(refreshed)
                .onFailure()
                .invoke(problem -> LOG.warnf("Tokens of %s that were refreshed during a sign-out are not revoked: %s",
                        ConfigKeys.describe(vault.client), problem.getMessage()))
                .onItemOrFailure().transformToUni((nothing, problem) -> Uni.createFrom().failure(nobody()));
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
    private Uni<Tokens> rejected(StoredTokens old, OAuthError error, int epoch) {
        return find().onItem().transformToUni(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().failure(nobody());
            }
            if (!found.get().tokens().refreshToken().equals(old.tokens().refreshToken())) {
                return use(found.get(), epoch);
            }
            return vault.store.replaceTokens(vault.client, owner, found.get().version(), Optional.empty())
                    .onItem().transformToUni(done -> done ? Uni.createFrom().failure(forgotten(error)) : obtain());
        });
    }

    private AuthorizationRequiredException forgotten(OAuthError error) {
        forget();
        vault.events.accept(new RefreshRejected(vault.client, owner, error.code()));
        return new AuthorizationRequiredException("The authorization server no longer accepts the refresh token of "
                + ConfigKeys.describe(vault.client) + ": " + error + ". " + vault.server.cure(Kind.REFRESH, error)
                        .map(cause -> cause + ". ").orElse("")
                + "Ask the person to sign in again", error);
    }

    /**
     * Stores what a person approved, over whatever was there.
     *
     * @param tokens the tokens
     * @return completes when they are stored
     */
    public Uni<Void> granted(Tokens tokens) {
        int epoch = epoch();
        return find().onItem().transformToUni(found -> {
            long version = found.map(StoredTokens::version).orElse(0L);
            long next = version > 0 ? version + 1 : firstVersion();
            return vault.store.replaceTokens(vault.client, owner, version, Optional.of(new StoredTokens(tokens, next)));
        }).onItem().transformToUni(done -> {
            if (!done) {
                return granted(tokens);
            }
            paused = null;
            publish(tokens, epoch);
            return Uni.createFrom().voidItem();
        });
    }

    /** @return revokes the tokens, then forgets them; fails and keeps them when the server can't be asked */
    public Uni<Void> signOut() {
        return obtaining.idle().onItem().transformToUni(nothing -> saveUnsaved())
                .onItem().transformToUni(nothing -> find()).onItem().transformToUni(found -> {
                    if (found.isEmpty()) {
                        forget();
                        return Uni.createFrom().voidItem();
                    }
                    return vault.server.revoke(found.get().tokens())
                            .onItem().transformToUni(nothing -> vault.store.replaceTokens(vault.client, owner,
                                    found.get().version(), Optional.empty()))
                            .onItem().transformToUni(done -> done ? signedOut() : signOut());
                });
    }

    private Uni<Void> signedOut() {
        forget();
        vault.events.accept(new SignedOut(vault.client, owner));
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> saveUnsaved() {
        Unsaved waiting = unsaved;
        return waiting == null ? Uni.createFrom().voidItem()
                : replace(waiting.base, waiting.tokens).onItem().invoke(done -> hold(null)).replaceWithVoid();
    }

    private void hold(Unsaved tokens) {
        unsaved = tokens;
        if (tokens == null) {
            vault.release(this);
        } else {
            vault.hold(this);
        }
    }

    private Uni<Boolean> replace(StoredTokens base, Tokens tokens) {
        return vault.store.replaceTokens(vault.client, owner, base.version(),
                Optional.of(new StoredTokens(tokens, base.version() + 1)));
    }

    private Uni<Optional<StoredTokens>> find() {
        return vault.store.findTokens(vault.client, owner);
    }

    /** A version that was used before a sign-out must not come again: a refresh from before it could be taken for current. */
    private static long firstVersion() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2);
    }

    private synchronized int epoch() {
        return signOuts;
    }

    private synchronized Tokens publish(Tokens tokens, int epoch) {
        if (epoch == signOuts) {
            fresh = new Fresh(tokens, freshUntil(tokens));
        }
        return tokens;
    }

    private synchronized void forget() {
        signOuts++;
        fresh = null;
    }

    /** The skew, but never more than half of what is left, or a short-lived token would be refreshed at each use. */
    private long freshUntil(Tokens tokens) {
        Fresh known = fresh;
        if (known != null && known.tokens.accessToken().equals(tokens.accessToken())) {
            return known.untilMillis;
        }
        return tokens.expiresAt().map(end -> {
            long left = Math.max(0, Duration.between(vault.clock.instant(), end).toMillis());
            return end.toEpochMilli() - Math.min(vault.refreshSkew.toMillis(), left / 2);
        }).orElse(Long.MAX_VALUE);
    }

    private boolean isValid(Tokens tokens) {
        Optional<Instant> end = tokens.expiresAt();
        return end.isEmpty() || vault.clock.instant().isBefore(end.get());
    }

    private AuthorizationRequiredException nobody() {
        return new AuthorizationRequiredException(
                "Nobody is signed in for " + ConfigKeys.describe(vault.client) + " as '" + owner
                        + "'. Ask the person to sign in: login(), or start() and await()",
                null);
    }

    private AuthorizationRequiredException ended() {
        return new AuthorizationRequiredException("The tokens of " + ConfigKeys.describe(vault.client)
                + " have expired, and the person has to sign in again. They have no refresh token: add the scope that brings one"
                + " (often offline_access) to be asked less often", null);
    }
}
