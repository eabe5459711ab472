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
 * @param registration the client that the tokens were issued to, and where, if that is known: another server must not see them
 */
public record StoredTokens(Tokens tokens, long version, Optional<Instant> refreshStarted, Optional<String> registration) {

    public StoredTokens {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(refreshStarted, "refreshStarted");
        Objects.requireNonNull(registration, "registration");
    }

    /**
     * @param tokens tokens that nobody refreshes
     * @param version the version
     */
    public StoredTokens(Tokens tokens, long version) {
        this(tokens, version, Optional.empty(), Optional.empty());
    }

    /**
     * @param now the time
     * @return the same tokens, as the next version, whose refresh token is about to be spent
     */
    public StoredTokens refreshing(Instant now) {
        return new StoredTokens(tokens, version + 1, Optional.of(now), registration);
    }

    /**
     * @param newer what came of a refresh, or the same tokens if nothing did
     * @return these, as the next version
     */
    public StoredTokens refreshed(Tokens newer) {
        return new StoredTokens(newer, version + 1, Optional.empty(), registration);
    }
}
