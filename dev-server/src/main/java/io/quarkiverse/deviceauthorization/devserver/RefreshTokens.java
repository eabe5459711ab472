package io.quarkiverse.deviceauthorization.devserver;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The refresh tokens. Those that descend from one sign-in are a family: each is good for one use, and using a spent one again
 * revokes the whole family (RFC 9700 §4.14.2).
 */
final class RefreshTokens {

    /**
     * What became of a refresh token that was presented.
     *
     * @param grant what was approved once; nothing when the token is refused
     * @param familyId the family of the token, or null when it is unknown or has expired
     * @param reused it had been spent before
     */
    record Use(Optional<Grant> grant, String familyId, boolean reused) {
    }

    private static final class RefreshToken {
        final String familyId;
        final Grant grant;
        final Instant issuedAt;
        Instant spentAt;

        RefreshToken(String familyId, Grant grant, Instant issuedAt) {
            this.familyId = familyId;
            this.grant = grant;
            this.issuedAt = issuedAt;
        }
    }

    private final Settings settings;
    private final Codes codes;
    private final Map<String, RefreshToken> tokens = new HashMap<>();
    private final Set<String> revokedFamilies = new HashSet<>();

    RefreshTokens(Settings settings, Codes codes) {
        this.settings = settings;
        this.codes = codes;
    }

    synchronized String issue(String familyId, Grant grant) {
        String value = codes.opaque();
        tokens.put(value, new RefreshToken(familyId, grant, settings.clock().instant()));
        return value;
    }

    /** Spends the token, if this client may: a token presented by another client stays as it is. */
    synchronized Use use(String value, String clientId) {
        RefreshToken token = tokens.get(value);
        if (token == null || !token.grant.clientId().equals(clientId)) {
            return new Use(Optional.empty(), null, false);
        }
        Instant now = settings.clock().instant();
        if (settings.refreshTokenLifespan().filter(lifespan -> !now.isBefore(token.issuedAt.plus(lifespan))).isPresent()) {
            return new Use(Optional.empty(), null, false);
        }
        boolean reused = token.spentAt != null;
        if (reused && !now.isBefore(token.spentAt.plus(settings.refreshReuseLeeway()))) {
            revokedFamilies.add(token.familyId);
        }
        if (revokedFamilies.contains(token.familyId)) {
            return new Use(Optional.empty(), token.familyId, reused);
        }
        if (!reused && settings.refreshTokenRotation()) {
            token.spentAt = now;
        }
        return new Use(Optional.of(token.grant), token.familyId, reused);
    }

    /** What this token was issued for, spent or not. */
    synchronized Optional<Grant> grant(String value) {
        return Optional.ofNullable(tokens.get(value)).map(token -> token.grant);
    }

    /** Revokes the whole family, and says which it was. */
    synchronized Optional<String> revoke(String value) {
        Optional<String> family = Optional.ofNullable(tokens.get(value)).map(token -> token.familyId);
        family.ifPresent(revokedFamilies::add);
        return family;
    }
}
