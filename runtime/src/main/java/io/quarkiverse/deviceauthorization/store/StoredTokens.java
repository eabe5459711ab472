package io.quarkiverse.deviceauthorization.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.Tokens;

/**
 * Tokens as a store keeps them.
 *
 * @param tokens the tokens
 * @param version above zero, another one for each replacement, and never used again for this owner, also not after the tokens
 *        were forgotten
 * @param refreshStarted when a refresh began whose outcome nobody has noted: the server may have spent the refresh token. Some
 *        servers accept it once more for some seconds, so whoever finds this refreshes at once
 */
public record StoredTokens(Tokens tokens, long version, Optional<Instant> refreshStarted) {

    public StoredTokens {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(refreshStarted, "refreshStarted");
    }

    /**
     * @param tokens tokens that nobody refreshes
     * @param version the version
     */
    public StoredTokens(Tokens tokens, long version) {
        this(tokens, version, Optional.empty());
    }
}
