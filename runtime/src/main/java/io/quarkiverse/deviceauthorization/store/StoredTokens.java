package io.quarkiverse.deviceauthorization.store;

import java.util.Objects;

import io.quarkiverse.deviceauthorization.Tokens;

/**
 * Tokens as a store keeps them.
 *
 * @param tokens the tokens
 * @param version above zero, another one for each replacement, and never used again for this owner, also not after the tokens
 *        were forgotten
 */
public record StoredTokens(Tokens tokens, long version) {

    public StoredTokens {
        Objects.requireNonNull(tokens, "tokens");
    }
}
