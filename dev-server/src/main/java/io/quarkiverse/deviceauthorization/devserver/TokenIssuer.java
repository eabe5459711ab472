package io.quarkiverse.deviceauthorization.devserver;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/** Makes the answers that carry tokens (RFC 6749 §5.1). */
final class TokenIssuer {

    private final Settings settings;
    private final String issuer;
    private final Codes codes;
    private final SigningKeys keys;
    private final IdTokens idTokens;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;

    TokenIssuer(Settings settings, String issuer, Codes codes, SigningKeys keys, IdTokens idTokens, AccessTokens accessTokens,
            RefreshTokens refreshTokens) {
        this.settings = settings;
        this.issuer = issuer;
        this.codes = codes;
        this.keys = keys;
        this.idTokens = idTokens;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
    }

    /** The tokens of a new sign-in; a refresh token only if the server gives one, by default for {@code offline_access}. */
    Response signIn(Grant grant) {
        String familyId = codes.opaque();
        return answer(grant, familyId, grant.request().nonce(),
                settings.wire().refreshToken(grant) ? refreshTokens.issue(familyId, grant) : null);
    }

    /**
     * The tokens of a refresh.
     *
     * @param original what was approved: the next refresh token stands for all of it
     * @param requested what the access token is asked for now
     */
    Response refresh(Grant original, Grant requested, String familyId) {
        return answer(requested, familyId, Optional.empty(), // OpenID Connect Core 1.0 §12.2
                settings.refreshTokenRotation() ? refreshTokens.issue(familyId, original) : null);
    }

    private Response answer(Grant grant, String familyId, Optional<String> nonce, String refreshToken) {
        Instant now = settings.clock().instant();
        Instant expiresAt = now.plus(settings.wire().accessTokenLifespan(settings.accessTokenLifespan()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", accessToken(grant, familyId, now, expiresAt));
        if (refreshToken != null) {
            answer.put("refresh_token", refreshToken);
        }
        if (grant.has("openid")) {
            answer.put("id_token", idTokens.issue(grant, claims(grant, now, expiresAt), nonce));
        }
        if (!grant.request().authorizationDetails().isEmpty()) {
            answer.put("authorization_details", grant.request().authorizationDetails());
        }
        answer.put("token_type", grant.keyThumbprint().isPresent() ? "DPoP" : "Bearer");
        answer.put("expires_in", settings.accessTokenLifespan().toSeconds());
        if (!grant.scopes().isEmpty()) {
            answer.put("scope", String.join(" ", grant.scopes()));
        }
        settings.wire().tokens(answer);
        settings.refreshTokenLifespan().ifPresent(lifespan -> answer.computeIfPresent("refresh_expires_in",
                (name, usual) -> lifespan.toSeconds()));
        return Response.json(200, answer).with("Pragma", "no-cache");
    }

    /** RFC 9068. */
    private String accessToken(Grant grant, String familyId, Instant now, Instant expiresAt) {
        JwtClaims claims = claims(grant, now, expiresAt);
        claims.setAudience(grant.audiences().isEmpty() ? List.of(issuer) : grant.audiences());
        claims.setJwtId(codes.opaque());
        claims.setStringClaim("client_id", grant.clientId());
        if (!grant.scopes().isEmpty()) {
            claims.setStringClaim("scope", String.join(" ", grant.scopes()));
        }
        if (!grant.request().authorizationDetails().isEmpty()) { // RFC 9396 §9.1
            claims.setClaim("authorization_details", grant.request().authorizationDetails());
        }
        grant.keyThumbprint().ifPresent(key -> claims.setClaim("cnf", Map.of("jkt", key))); // RFC 9449 §6.1
        String value = settings.wire().opaqueAccessTokens().map(prefix -> prefix + codes.opaque())
                .orElseGet(() -> keys.current().sign("at+jwt", claims));
        accessTokens.add(value, new AccessTokens.AccessToken(grant, familyId, expiresAt));
        return value;
    }

    private JwtClaims claims(Grant grant, Instant now, Instant expiresAt) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(grant.user().subject());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        return claims;
    }
}
