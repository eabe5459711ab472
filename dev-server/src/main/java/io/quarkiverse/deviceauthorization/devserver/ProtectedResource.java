package io.quarkiverse.deviceauthorization.devserver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.devserver.AccessTokens.AccessToken;

/** A resource that wants an access token (RFC 6750), and a DPoP proof with one that is bound to a key (RFC 9449 §7). */
final class ProtectedResource implements Handler {

    private static final String BEARER = "Bearer";
    private static final String DPOP = "DPoP";

    private final AccessTokens accessTokens;
    private final DpopProofs proofs;
    private final Optional<String> requiredScope;
    private final Function<Grant, Map<String, Object>> content;

    private ProtectedResource(AccessTokens accessTokens, DpopProofs proofs, Optional<String> requiredScope,
            Function<Grant, Map<String, Object>> content) {
        this.accessTokens = accessTokens;
        this.proofs = proofs;
        this.requiredScope = requiredScope;
        this.content = content;
    }

    /** Claims about the person (OpenID Connect Core 1.0 §5.3). */
    static ProtectedResource userInfo(AccessTokens accessTokens, DpopProofs proofs) {
        return new ProtectedResource(accessTokens, proofs, Optional.of("openid"),
                grant -> grant.user().claims(grant.scopes()));
    }

    /** Says who calls, through which client. */
    static ProtectedResource hello(AccessTokens accessTokens, DpopProofs proofs) {
        return new ProtectedResource(accessTokens, proofs, Optional.empty(), grant -> {
            Map<String, Object> hello = new LinkedHashMap<>();
            hello.put("message", "Hello " + grant.user().displayName());
            hello.put("sub", grant.user().subject());
            hello.put("client_id", grant.clientId());
            hello.put("scope", String.join(" ", grant.scopes()));
            return hello;
        });
    }

    @Override
    public Response handle(Request request) {
        String[] authorization = request.header("Authorization").orElse("").split(" +", 2);
        boolean dpop = authorization[0].equalsIgnoreCase(DPOP);
        if (authorization.length < 2 || !dpop && !authorization[0].equalsIgnoreCase(BEARER)) {
            return Response.error(401, "unauthorized", "An access token is needed")
                    .with("WWW-Authenticate", "Bearer realm=\"dev-server\"");
        }
        String token = authorization[1].trim();
        Optional<AccessToken> known = accessTokens.find(token);
        if (known.isEmpty()) {
            return refuse(401, dpop ? DPOP : BEARER, "invalid_token", "The access token is unknown, expired or revoked", "");
        }
        Grant grant = known.get().grant();
        Optional<Response> refusal = checkKey(request, token, grant.keyThumbprint(), dpop);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (requiredScope.isPresent() && !grant.has(requiredScope.get())) {
            return refuse(403, dpop ? DPOP : BEARER, "insufficient_scope", "The access token lacks a scope",
                    ", scope=\"" + requiredScope.get() + "\"");
        }
        return Response.json(200, content.apply(grant));
    }

    private Optional<Response> checkKey(Request request, String token, Optional<String> boundTo, boolean dpop) {
        if (boundTo.isEmpty()) {
            return dpop ? Optional.of(refuse(401, BEARER, "invalid_token", "The access token is bound to no key", ""))
                    : Optional.empty();
        }
        if (!dpop) {
            return Optional.of(refuse(401, DPOP, "invalid_token", "The access token is bound to a key: use DPoP", ""));
        }
        try {
            return proofs.keyOf(request, token).equals(boundTo.get()) ? Optional.empty()
                    : Optional.of(refuse(401, DPOP, "invalid_token", "The access token is bound to another key", ""));
        } catch (OAuthException problem) {
            return Optional.of(refuse(401, DPOP, problem.error(), problem.getMessage(), ""));
        }
    }

    private static Response refuse(int status, String scheme, String error, String description, String attributes) {
        String algorithms = scheme.equals(DPOP) ? ", algs=\"" + DpopProofs.ALGORITHM + "\"" : "";
        return Response.error(status, error, description).with("WWW-Authenticate", scheme + " realm=\"dev-server\", error=\""
                + error + "\", error_description=\"" + description + "\"" + attributes + algorithms);
    }
}
