package io.quarkiverse.deviceauthorization.store;

import java.util.Objects;

import io.quarkiverse.deviceauthorization.Tokens;

/**
 * Tokens as a store keeps them.
 *
 * @param tokens the tokens
 * @param version grows with each replacement; the first is 1
 */
public record StoredTokens(Tokens tokens, long version) {

    public StoredTokens {
        Objects.requireNonNull(tokens, "tokens");
    }
}
