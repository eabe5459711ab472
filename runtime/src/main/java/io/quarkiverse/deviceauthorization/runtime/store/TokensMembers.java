package io.quarkiverse.deviceauthorization.runtime.store;

import java.util.Map;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** Tokens as members of JSON objects, by the names that they have in a token response (RFC 6749 §5.1). */
final class TokensMembers {

    private TokensMembers() {
    }

    static Map<String, Object> write(Members.Builder members, StoredTokens stored) {
        members.put("version", stored.version()).put("refresh_started", stored.refreshStarted())
                .put("registration", stored.registration());
        return write(members, stored.tokens());
    }

    static Map<String, Object> write(Members.Builder members, Tokens tokens) {
        return members.put("access_token", tokens.accessToken().value()).put("token_type", tokens.tokenType())
                .put("refresh_token", tokens.refreshToken()).put("id_token", tokens.idToken())
                .put("expires_at", tokens.expiresAt()).putScopes(tokens.scopes()).put("dpop_key", tokens.dpopKey())
                .put("parameters", tokens.parameters()).build();
    }

    static StoredTokens readStored(Members members) throws BrokenContentException {
        return new StoredTokens(read(members), members.number("version"), members.optionalInstant("refresh_started"),
                members.optionalText("registration"));
    }

    static Tokens read(Members members) throws BrokenContentException {
        return new Tokens(members.secret("access_token"), members.text("token_type"), members.optionalSecret("refresh_token"),
                members.optionalSecret("id_token"), members.optionalInstant("expires_at"), members.scopes(),
                members.map("parameters"), members.optionalSecret("dpop_key"));
    }
}
