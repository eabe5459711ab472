package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/** Decides whether the tokens of one owner are refreshed now (RFC 6749 §6), and what to use when they can't be. */
final class TokenRefresh {

    private static final Logger LOG = Logger.getLogger(TokenRefresh.class);

    /** How long a server that can't be asked is left alone, so that not every caller waits for its time-out. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** Until when no refresh is tried, and why. */
    private record Paused(RuntimeException reason, long untilNanos) {
    }

    private final TokenVault vault;
    private final OwnerTokens owner;
    private final UnsavedTokens unsaved;
    private volatile Paused paused;

    TokenRefresh(TokenVault vault, OwnerTokens owner) {
        this.vault = vault;
        this.owner = owner;
        this.unsaved = new UnsavedTokens(vault, owner);
    }

    UnsavedTokens unsaved() {
        return unsaved;
    }

    /** The server answers again, or somebody has signed in. */
    void resume() {
        paused = null;
    }

    /**
     * @param old what is stored
     * @param refused the access token that is not wanted again
     * @param caller who wants them
     */
    Uni<Tokens> of(StoredTokens old, Optional<Secret> refused, int epoch, Telemetry.Caller caller) {
        if (old.tokens().refreshToken().isEmpty()) {
            return keep(old.tokens(), refused, ended(refused));
        }
        Paused pause = paused;
        if (pause != null && vault.timer.nanoTime() - pause.untilNanos < 0) {
            return keep(old.tokens(), refused, pause.reason);
        }
        if (vault.isStopped()) {
            return keep(old.tokens(), refused, stopping());
        }
        return new RefreshAttempt(vault, owner, this, refused, epoch, caller).refresh(old)
                .onFailure(AuthorizationStoreException.class)
                .recoverWithUni(problem -> keep(old.tokens(), refused, problem));
    }

    Uni<Tokens> pause(StoredTokens old, Optional<Secret> refused, RuntimeException problem, Optional<Duration> retryAfter) {
        Duration asked = retryAfter.filter(wait -> wait.compareTo(PAUSE) > 0).orElse(PAUSE);
        paused = new Paused(problem,
                vault.timer.nanoTime() + Math.min(asked.toNanos(), LONGEST_PAUSE.toNanos()));
        return keep(old.tokens(), refused, problem);
    }

    /** What keeps a refresh from happening is no reason to withhold tokens that are valid. */
    Uni<Tokens> keep(Tokens old, Optional<Secret> refused, Throwable problem) {
        if (isUsable(old, refused)) {
            LOG.debugf("The tokens of %s could not be refreshed yet: %s", ConfigKeys.describe(vault.client),
                    problem.getMessage());
            return Uni.createFrom().item(old);
        }
        return Uni.createFrom().failure(problem);
    }

    boolean isUsable(Tokens old, Optional<Secret> refused) {
        Optional<Instant> end = old.expiresAt();
        return (end.isEmpty() || vault.clock.instant().isBefore(end.get())) && !TokensInMemory.is(old, refused);
    }

    /** The answer might not be heard any more. */
    AuthorizationInterruptedException stopping() {
        return new AuthorizationInterruptedException("The application is shutting down, and refreshes no tokens of "
                + ConfigKeys.describe(vault.client) + " any more");
    }

    private AuthorizationRequiredException ended(Optional<Secret> refused) {
        return new AuthorizationRequiredException("The tokens of " + ConfigKeys.describe(vault.client)
                + (refused.isEmpty() ? " have expired" : " were refused by a protected resource")
                + ", and the person has to sign in again. They have no refresh token: add the scope that brings one"
                + " (often offline_access) to be asked less often", null);
    }
}
