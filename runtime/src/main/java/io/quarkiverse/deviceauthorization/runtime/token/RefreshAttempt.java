package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.RefreshOutcome;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * One attempt to refresh the tokens of one owner. Where other processes share the store, it waits for its turn, looks again
 * whether there is still something to do, and notes what it is about to do: who finds that note knows that the refresh token
 * may be spent. What the refresh brings is stored before anybody sees it.
 */
final class RefreshAttempt {

    /** How often somebody who waits for another process looks what came of it. */
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(200);

    private static final RefreshLease NONE_NEEDED = () -> Uni.createFrom().voidItem();

    private final TokenVault vault;
    private final OwnerTokens owner;
    private final TokenRefresh refresh;
    private final Optional<Secret> refused;
    private final int epoch;
    private final Telemetry.Caller caller;
    private final long patience;

    /** What is held is let go when the attempt ends, unless what it brought could not be stored. */
    private RefreshLease lease = NONE_NEEDED;
    private long leasedAt;

    RefreshAttempt(TokenVault vault, OwnerTokens owner, TokenRefresh refresh, Optional<Secret> refused, int epoch,
            Telemetry.Caller caller) {
        this.vault = vault;
        this.owner = owner;
        this.refresh = refresh;
        this.refused = refused;
        this.epoch = epoch;
        this.caller = caller;
        this.patience = vault.timer.nanoTime() + vault.policy.lease().toNanos() * 2;
    }

    Uni<Tokens> refresh(StoredTokens old) {
        return vault.store.shared() ? takeTurn(old, LOOK)
                : vault.underWay.count(ask(old)).onItem().transformToUni(this::orWhatIsStored);
    }

    private Uni<Tokens> takeTurn(StoredTokens old, Duration look) {
        if (vault.isStopped()) {
            return refresh.keep(old.tokens(), refused, refresh.stopping());
        }
        leasedAt = vault.timer.nanoTime();
        return vault.store.leaseRefresh(vault.client, owner.name(), vault.policy.lease()).onItem()
                .transformToUni(taken -> taken.isEmpty() ? waitForOther(old, look)
                        : vault.underWay.count(holding(taken.get(), old)).onItem().transformToUni(this::orWhatIsStored));
    }

    private Uni<Tokens> orWhatIsStored(Optional<Tokens> refreshed) {
        return refreshed.map(tokens -> Uni.createFrom().item(tokens)).orElseGet(() -> owner.obtain(refused, caller));
    }

    /** Somebody else refreshes these tokens: they are good as they are, or what comes of it is waited for. */
    private Uni<Tokens> waitForOther(StoredTokens old, Duration look) {
        if (refresh.isUsable(old.tokens(), refused)) {
            return Uni.createFrom().item(old.tokens());
        }
        if (vault.timer.nanoTime() - patience > 0) {
            return Uni.createFrom().failure(new AuthorizationStoreException("The tokens of "
                    + ConfigKeys.describe(vault.client) + " have been refreshed by another process for "
                    + vault.policy.lease().multipliedBy(2).toSeconds() + " seconds. If it hangs, end it", null));
        }
        Duration next = look.multipliedBy(2).compareTo(LONGEST_LOOK) < 0 ? look.multipliedBy(2) : LONGEST_LOOK;
        return pause(look).onItem().transformToUni(nothing -> owner.find()).onItem().transformToUni(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().failure(owner.nobody());
            }
            return owner.memory().isFresh(found.get(), refused)
                    ? Uni.createFrom().item(owner.memory().publish(found.get().tokens(), epoch))
                    : takeTurn(found.get(), next);
        });
    }

    private Uni<Void> pause(Duration time) {
        Duration some = Duration.ofNanos((long) (time.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
        return Uni.createFrom().emitter(emitter -> vault.timer.schedule(some, () -> emitter.complete(null)));
    }

    /** @return what came of it, or empty when what is stored has changed and has to be looked at again */
    private Uni<Optional<Tokens>> holding(RefreshLease taken, StoredTokens old) {
        lease = taken;
        return owner.find()
                .onItem().transformToUni(found -> found.isPresent() && found.get().version() == old.version()
                        ? note(old)
                        : Uni.createFrom().item(Optional.<Tokens> empty()))
                .onItemOrFailure().transformToUni((result, problem) -> lease.release().onItem()
                        .transformToUni(nothing -> problem == null ? Uni.createFrom().item(result)
                                : Uni.createFrom().failure(problem)));
    }

    /** Written before the request is sent, so that it is also known by then that something can be written. */
    private Uni<Optional<Tokens>> note(StoredTokens old) {
        StoredTokens noted = old.refreshing(vault.clock.instant());
        return replace(old, Optional.of(noted)).onItem()
                .transformToUni(done -> !done ? Uni.createFrom().item(Optional.empty())
                        : vault.isStopped() ? refresh.keep(old.tokens(), refused, refresh.stopping()).map(Optional::of)
                                : isLeaseEnding() ? Uni.createFrom().item(Optional.empty()) : ask(noted));
    }

    /**
     * Whether this process stood still since it has taken the lease, or the store was slow: the lease could end before the
     * answer is there, and another process would spend the same refresh token.
     */
    private boolean isLeaseEnding() {
        return vault.timer.nanoTime() - leasedAt > vault.policy.lease().toNanos() / 2;
    }

    private Uni<Optional<Tokens>> ask(StoredTokens old) {
        return vault.telemetry.refreshing(vault.client, caller, () -> vault.server.refresh(old.tokens()))
                .onFailure().recoverWithItem(problem -> new TokenAnswer.Unavailable(
                        new Refusal(vault.client).unexpected(problem), Optional.empty()))
                .onItem().transformToUni(answer -> {
                    vault.telemetry.refreshed(vault.client, owner.name(), RefreshOutcome.of(answer));
                    if (answer instanceof TokenAnswer.Granted granted) {
                        return save(old, granted.tokens());
                    } else if (answer instanceof TokenAnswer.Error error) {
                        return error.error().code().equals("invalid_grant") ? rejected(old, error.error())
                                : refused(old, error.error());
                    }
                    TokenAnswer.Unavailable unavailable = (TokenAnswer.Unavailable) answer;
                    return refresh.pause(old, refused, unavailable.failure(), unavailable.retryAfter()).onItem()
                            .transform(Optional::of);
                });
    }

    private Uni<Optional<Tokens>> save(StoredTokens old, Tokens refreshed) {
        refresh.resume();
        RefreshLease held = lease;
        lease = NONE_NEEDED;
        return refresh.unsaved().save(old, refreshed, held).onItem().transform(outcome -> {
            if (outcome == UnsavedTokens.Outcome.SUPERSEDED) {
                return Optional.empty();
            }
            owner.memory().publish(refreshed, epoch);
            return Optional.of(refreshed);
        });
    }

    /** The server has not spent the refresh token, and what keeps it from that can be mended. */
    private Uni<Optional<Tokens>> refused(StoredTokens old, OAuthError error) {
        RuntimeException problem = new Refusal(vault.client, vault.server::cure).ofRefresh(error);
        return (old.refreshStarted().isEmpty() ? Uni.createFrom().item(true)
                : replace(old, Optional.of(old.refreshed(old.tokens()))))
                .onFailure().recoverWithItem(false)
                .onItem().transformToUni(done -> refresh.pause(old, refused, problem, Optional.empty())).onItem()
                .transform(Optional::of);
    }

    /**
     * Somebody else may have spent this refresh token, and have stored a newer one or be about to: look again before forgetting
     * anything.
     */
    private Uni<Optional<Tokens>> rejected(StoredTokens old, OAuthError error) {
        return owner.find().onItem().transformToUni(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().failure(owner.nobody());
            }
            if (found.get().version() != old.version()) {
                return Uni.createFrom().item(Optional.empty());
            }
            return owner.remove(found.get()).onItem()
                    .transformToUni(done -> done ? Uni.createFrom().failure(forgotten(error))
                            : Uni.createFrom().item(Optional.empty()));
        });
    }

    private AuthorizationRequiredException forgotten(OAuthError error) {
        owner.memory().forget();
        vault.events.accept(new RefreshRejected(vault.client, owner.name(), error.code()));
        return new AuthorizationRequiredException("The authorization server no longer accepts the refresh token of "
                + ConfigKeys.describe(vault.client) + ": " + error + ". " + vault.server.cure(Kind.REFRESH, error)
                        .map(cause -> cause + ". ").orElse("")
                + "Ask the person to sign in again", error);
    }

    private Uni<Boolean> replace(StoredTokens old, Optional<StoredTokens> replacement) {
        return vault.store.replaceTokens(vault.client, owner.name(), old.version(), replacement);
    }
}
