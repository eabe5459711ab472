package io.quarkiverse.deviceauthorization;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;
import io.quarkiverse.deviceauthorization.runtime.idtoken.IdTokenClaims;

/**
 * What the authorization server granted (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
 *
 * @param accessToken the token to call protected resources with
 * @param tokenType how to use it, as the server spells it; {@code Bearer} when the server says nothing
 * @param refreshToken the token to ask for new ones with (RFC 6749 §6), if the server issued one
 * @param idToken the OpenID Connect ID token, a JWT, if the server issued one. It was checked when it came, unless
 *        {@code id-token.check} is off; see {@link #identity()}
 * @param expiresAt when the access token ends: from {@code expires_in}, else from the {@code exp} of a JWT, else unknown
 * @param scopes what was granted; what was requested when the server says nothing (RFC 6749 §5.1)
 * @param parameters the members of the answer that have no component of their own, as JSON types. Among them may be
 *        further secrets, such as a device secret
 * @param dpopKey the private key that the tokens are bound to (RFC 9449), a JWK, if {@code dpop} is on
 */
public record Tokens(Secret accessToken, String tokenType, Optional<Secret> refreshToken, Optional<Secret> idToken,
        Optional<Instant> expiresAt, Set<String> scopes, Map<String, Object> parameters, Optional<Secret> dpopKey) {

    public Tokens {
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(tokenType, "tokenType");
        Objects.requireNonNull(refreshToken, "refreshToken");
        Objects.requireNonNull(idToken, "idToken");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(scopes, "scopes");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(dpopKey, "dpopKey");
    }

    /** Tokens that no key is needed for. */
    public Tokens(Secret accessToken, String tokenType, Optional<Secret> refreshToken, Optional<Secret> idToken,
            Optional<Instant> expiresAt, Set<String> scopes, Map<String, Object> parameters) {
        this(accessToken, tokenType, refreshToken, idToken, expiresAt, scopes, parameters, Optional.empty());
    }

    /** @return the claims of the ID token (OpenID Connect Core 1.0 §2): who signed in; empty without an ID token */
    public Optional<JsonWebToken> identity() {
        return idToken.flatMap(IdTokenClaims::of);
    }

    /** @return whether each use of the access token needs a {@link #dpopProof} */
    public boolean isDpop() {
        return dpopKey.isPresent() && tokenType.equalsIgnoreCase("DPoP");
    }

    /**
     * Proves that who uses the access token has the key that it is bound to (RFC 9449 §4, §7).
     *
     * @param method the HTTP method of the request
     * @param resource where the request goes; its query and fragment don't matter
     * @param nonce the resource server's last {@code DPoP-Nonce}, if it has sent one (§9)
     * @return the value of the {@code DPoP} header of one request; empty when the tokens are not bound to a key
     */
    public Optional<String> dpopProof(String method, URI resource, Optional<String> nonce) {
        return isDpop() ? dpopKey.map(key -> DpopKey.of(key).proof(method, resource, Optional.of(accessToken), nonce,
                Clock.systemUTC())) : Optional.empty();
    }

    /**
     * @return the value of an {@code Authorization} header (RFC 6750 §2.1) for these tokens; if {@link #isDpop()}, the request
     *         needs a {@link #dpopProof} as well
     */
    public String authorizationHeader() {
        return (tokenType.equalsIgnoreCase("bearer") ? "Bearer" : tokenType.equalsIgnoreCase("dpop") ? "DPoP" : tokenType)
                + " " + accessToken.value();
    }

    /** Shows what kind of tokens these are, and none of their values. */
    @Override
    public String toString() {
        return "Tokens[tokenType=" + tokenType + ", expiresAt=" + expiresAt.map(Instant::toString).orElse("unknown")
                + ", scopes=" + scopes + ", refreshToken=" + (refreshToken.isPresent() ? "present" : "none")
                + ", idToken=" + (idToken.isPresent() ? "present" : "none")
                + ", dpopKey=" + (dpopKey.isPresent() ? "present" : "none") + "]";
    }
}
