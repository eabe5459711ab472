package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** The tokens of one owner that can be handed out without a look into the store, and until when. */
final class TokensInMemory {

    private record Fresh(Tokens tokens, long untilMillis) {
    }

    private final TokenVault vault;
    private volatile Fresh fresh;
    private int signOuts;

    TokensInMemory(TokenVault vault) {
        this.vault = vault;
    }

    /** @return tokens that need nothing, or null */
    Tokens ready() {
        Fresh known = fresh;
        return known != null && vault.clock.millis() < known.untilMillis ? known.tokens : null;
    }

    /** @return tokens that may have expired, or been refused, or null */
    Tokens any() {
        Fresh known = fresh;
        return known == null ? null : known.tokens;
    }

    /** A refresh that was cut off may have spent the refresh token. It may be good for some seconds more, so it can't wait. */
    boolean isFresh(StoredTokens stored, Optional<Secret> refused) {
        return vault.clock.millis() < freshUntil(stored.tokens()) && !is(stored.tokens(), refused)
                && stored.refreshStarted().isEmpty();
    }

    static boolean is(Tokens tokens, Optional<Secret> refused) {
        return refused.isPresent() && tokens.accessToken().equals(refused.get());
    }

    /** @return how many sign-outs there have been */
    synchronized int epoch() {
        return signOuts;
    }

    /** @param epoch how many sign-outs there were when the tokens were asked for: what is older is not kept */
    synchronized Tokens publish(Tokens tokens, int epoch) {
        if (epoch == signOuts) {
            fresh = new Fresh(tokens, untilMillis(tokens)); // anew: some servers only prolong the access token that there is
        }
        return tokens;
    }

    /**
     * What was refused is not ready any more: what is found instead may not get into memory, and those are older than that.
     * They are still there for others, where nothing else can be had.
     */
    synchronized void dismiss(Optional<Secret> refused) {
        if (fresh != null && is(fresh.tokens, refused)) {
            fresh = new Fresh(fresh.tokens, Long.MIN_VALUE);
        }
    }

    synchronized void forget() {
        signOuts++;
        fresh = null;
    }

    private long freshUntil(Tokens tokens) {
        Fresh known = fresh;
        if (known != null && known.tokens.accessToken().equals(tokens.accessToken())
                && known.tokens.expiresAt().equals(tokens.expiresAt())) {
            return known.untilMillis;
        }
        return untilMillis(tokens);
    }

    /** The skew, but never more than half of what is left, or a short-lived token would be refreshed at each use. */
    private long untilMillis(Tokens tokens) {
        return tokens.expiresAt().map(end -> {
            long left = Math.max(0, Duration.between(vault.clock.instant(), end).toMillis());
            return end.toEpochMilli() - Math.min(vault.policy.skew().toMillis(), left / 2);
        }).orElse(Long.MAX_VALUE);
    }
}
