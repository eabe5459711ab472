package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.util.Optional;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/** Makes ID tokens (OpenID Connect Core 1.0 §2), with the flaw that the script wants, if any. */
final class IdTokens {

    private static final String TYPE = "JWT";

    private final SigningKeys keys;
    private final QueuedScript script;

    IdTokens(SigningKeys keys, QueuedScript script) {
        this.keys = keys;
        this.script = script;
    }

    /**
     * An ID token.
     *
     * @param claims issuer, subject and times
     * @param nonce what it repeats
     */
    String issue(Grant grant, JwtClaims claims, Optional<String> nonce) {
        grant.user().claims(grant.scopes()).forEach(claims::setClaim);
        claims.setAudience(grant.clientId());
        nonce.ifPresent(value -> claims.setStringClaim("nonce", value));
        Optional<IdTokenFlaw> flaw = script.nextIdTokenFlaw();
        return flaw.isPresent() ? flawed(flaw.get(), claims) : keys.current().sign(TYPE, claims);
    }

    private String flawed(IdTokenFlaw flaw, JwtClaims claims) {
        switch (flaw) {
            case WRONG_ISSUER -> claims.setIssuer("https://other-issuer.example.com");
            case WRONG_AUDIENCE -> claims.setAudience("other-client");
            case WRONG_NONCE -> claims.setStringClaim("nonce", "other-nonce");
            case EXPIRED -> expire(claims);
            case NO_SUBJECT -> claims.unsetClaim("sub");
            case UNSIGNED -> {
                return SigningKey.unsigned(TYPE, claims);
            }
            case UNKNOWN_KEY -> {
                return keys.another().sign(TYPE, claims);
            }
            case WRONG_SIGNATURE -> {
                return SigningKey.generate(keys.current().keyId()).sign(TYPE, claims);
            }
        }
        return keys.current().sign(TYPE, claims);
    }

    private static void expire(JwtClaims claims) {
        long issuedAt = (long) claims.getClaimValue("iat");
        claims.setExpirationTime(NumericDate.fromSeconds(issuedAt - Duration.ofHours(1).toSeconds()));
    }
}
