package io.quarkiverse.deviceauthorization.runtime.oidcclient;

import java.time.Instant;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.vertx.core.json.JsonObject;

/** Writes tokens as the OIDC client extension has them. */
final class OidcTokens {

    private OidcTokens() {
    }

    static io.quarkus.oidc.client.Tokens of(Tokens tokens, ClientConfig config) {
        if (tokens.isDpop()) {
            throw new DeviceAuthorizationException(
                    "These tokens are bound to a key, and io.quarkus.oidc.client.Tokens can't prove"
                            + " that it is there. Inject DeviceAuthorization, or set dpop=false for this client, and let the person sign"
                            + " in again",
                    null, null);
        }
        Long expiresAt = tokens.expiresAt().map(Instant::getEpochSecond).orElse(null);
        String refreshToken = tokens.refreshToken().map(Secret::value).orElse(null);
        return new io.quarkus.oidc.client.Tokens(tokens.accessToken().value(), expiresAt, config.tokens().refreshSkew(),
                refreshToken, null, answer(tokens), config.clientId().orElse(null));
    }

    /** The members of the answer (RFC 6749 §5.1), for those who read more of them than there are getters. */
    private static JsonObject answer(Tokens tokens) {
        JsonObject answer = new JsonObject();
        tokens.parameters().forEach(answer::put);
        answer.put("access_token", tokens.accessToken().value());
        answer.put("token_type", tokens.tokenType());
        answer.put("scope", String.join(" ", tokens.scopes()));
        tokens.refreshToken().ifPresent(token -> answer.put("refresh_token", token.value()));
        tokens.idToken().ifPresent(token -> answer.put("id_token", token.value()));
        return answer;
    }
}
