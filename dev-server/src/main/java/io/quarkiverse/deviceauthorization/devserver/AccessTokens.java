package io.quarkiverse.deviceauthorization.devserver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The access tokens that are good: neither expired nor revoked. */
final class AccessTokens {

    /**
     * An access token.
     *
     * @param grant what it stands for
     * @param familyId the refresh tokens it came with; they are revoked together
     * @param expiresAt when it expires
     */
    record AccessToken(Grant grant, String familyId, Instant expiresAt) {
    }

    private final InstantSource clock;
    private final Map<String, AccessToken> tokens = new LinkedHashMap<>();

    AccessTokens(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(String value, AccessToken token) {
        forgetExpired();
        tokens.put(value, token);
    }

    /** Oldest first, and all have the same lifespan: so this looks at no more than it forgets. */
    private void forgetExpired() {
        Instant now = clock.instant();
        var oldest = tokens.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().expiresAt())) {
            oldest.remove();
        }
    }

    synchronized Optional<AccessToken> find(String value) {
        return Optional.ofNullable(tokens.get(value)).filter(token -> clock.instant().isBefore(token.expiresAt()));
    }

    synchronized void revoke(String value) {
        tokens.remove(value);
    }

    synchronized void revokeFamily(String familyId) {
        tokens.values().removeIf(token -> token.familyId().equals(familyId));
    }
}
