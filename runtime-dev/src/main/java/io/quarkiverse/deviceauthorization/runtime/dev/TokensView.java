package io.quarkiverse.deviceauthorization.runtime.dev;

import java.time.Instant;
import java.util.List;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/**
 * The stored tokens of one owner, as a page shows them.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param tokenType {@code Bearer} or {@code DPoP}
 * @param expiresAt when the access token ends, in milliseconds since 1970; or null
 * @param scopes the scopes that were granted
 * @param accessToken the access token
 * @param refreshToken the refresh token; or null
 * @param idToken the ID token; or null
 * @param bound whether they are bound to a key (RFC 9449)
 * @param refreshing whether a refresh has begun whose outcome is not known
 */
record TokensView(String client, String owner, String tokenType, Long expiresAt, List<String> scopes, Token accessToken,
        Token refreshToken, Token idToken, boolean bound, boolean refreshing) {

    /** How many characters of a token are shown, so that two can be told apart. */
    private static final int SHOWN = 4;

    /** What is shorter than that may be guessed from what is shown. */
    private static final int SHORTEST = 16;

    /**
     * A token without its value.
     *
     * @param end its last characters
     * @param jwt what it says; null if it is no signed JWT
     */
    record Token(String end, UnverifiedJwt jwt) {

        static Token of(Secret token) {
            String value = token.value();
            return new Token(value.length() < SHORTEST ? "" : value.substring(value.length() - SHOWN),
                    UnverifiedJwt.of(token).orElse(null));
        }
    }

    static TokensView of(String client, String owner, StoredTokens stored) {
        Tokens tokens = stored.tokens();
        return new TokensView(client, owner, tokens.tokenType(), tokens.expiresAt().map(Instant::toEpochMilli).orElse(null),
                List.copyOf(tokens.scopes()), Token.of(tokens.accessToken()), tokens.refreshToken().map(Token::of).orElse(null),
                tokens.idToken().map(Token::of).orElse(null), tokens.isDpop(), stored.refreshStarted().isPresent());
    }
}
