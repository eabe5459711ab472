package io.quarkiverse.deviceauthorization;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the authorization server granted (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
 *
 * @param accessToken the token to call protected resources with
 * @param tokenType how to use it, as the server spells it; {@code Bearer} when the server says nothing
 * @param refreshToken the token to ask for new ones with (RFC 6749 §6), if the server issued one
 * @param idToken the OpenID Connect ID token, a JWT, if the server issued one. Its signature is not checked here
 * @param expiresAt when the access token ends: from {@code expires_in}, else from the {@code exp} of a JWT, else unknown
 * @param scopes what was granted; what was requested when the server says nothing (RFC 6749 §5.1)
 * @param parameters the members of the answer that have no component of their own, as JSON types. Among them may be
 *        further secrets, such as a device secret
 */
public record Tokens(Secret accessToken, String tokenType, Optional<Secret> refreshToken, Optional<Secret> idToken,
        Optional<Instant> expiresAt, Set<String> scopes, Map<String, Object> parameters) {

    public Tokens {
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(tokenType, "tokenType");
        Objects.requireNonNull(refreshToken, "refreshToken");
        Objects.requireNonNull(idToken, "idToken");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(scopes, "scopes");
        Objects.requireNonNull(parameters, "parameters");
    }

    /** @return the value of an {@code Authorization} header (RFC 6750 §2.1) for these tokens */
    public String authorizationHeader() {
        return (tokenType.equalsIgnoreCase("bearer") ? "Bearer" : tokenType) + " " + accessToken.value();
    }

    /** Shows what kind of tokens these are, and none of their values. */
    @Override
    public String toString() {
        return "Tokens[tokenType=" + tokenType + ", expiresAt=" + expiresAt.map(Instant::toString).orElse("unknown")
                + ", scopes=" + scopes + ", refreshToken=" + (refreshToken.isPresent() ? "present" : "none")
                + ", idToken=" + (idToken.isPresent() ? "present" : "none") + "]";
    }
}
