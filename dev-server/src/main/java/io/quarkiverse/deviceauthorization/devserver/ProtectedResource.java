package io.quarkiverse.deviceauthorization.devserver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.devserver.AccessTokens.AccessToken;

/** A resource that wants an access token (RFC 6750). */
final class ProtectedResource implements Handler {

    private static final String BEARER = "Bearer ";

    private final AccessTokens accessTokens;
    private final Optional<String> requiredScope;
    private final Function<Grant, Map<String, Object>> content;

    private ProtectedResource(AccessTokens accessTokens, Optional<String> requiredScope,
            Function<Grant, Map<String, Object>> content) {
        this.accessTokens = accessTokens;
        this.requiredScope = requiredScope;
        this.content = content;
    }

    /** Claims about the person (OpenID Connect Core 1.0 §5.3). */
    static ProtectedResource userInfo(AccessTokens accessTokens) {
        return new ProtectedResource(accessTokens, Optional.of("openid"), grant -> grant.user().claims(grant.scopes()));
    }

    /** Says who calls, through which client. */
    static ProtectedResource hello(AccessTokens accessTokens) {
        return new ProtectedResource(accessTokens, Optional.empty(), grant -> {
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
        Optional<String> token = request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).trim());
        if (token.isEmpty()) {
            return Response.error(401, "unauthorized", "An access token is needed")
                    .with("WWW-Authenticate", "Bearer realm=\"dev-server\"");
        }
        Optional<AccessToken> known = token.flatMap(accessTokens::find);
        if (known.isEmpty()) {
            return refuse(401, "invalid_token", "The access token is unknown, expired or revoked", "");
        }
        Grant grant = known.get().grant();
        if (requiredScope.isPresent() && !grant.has(requiredScope.get())) {
            return refuse(403, "insufficient_scope", "The access token lacks a scope",
                    ", scope=\"" + requiredScope.get() + "\"");
        }
        return Response.json(200, content.apply(grant));
    }

    private static Response refuse(int status, String error, String description, String attributes) {
        return Response.error(status, error, description).with("WWW-Authenticate",
                "Bearer realm=\"dev-server\", error=\"" + error + "\", error_description=\"" + description + "\"" + attributes);
    }
}
