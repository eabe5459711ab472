package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.idtoken.IdTokenCheck;
import io.smallrye.mutiny.Uni;

/** What a refresh makes of tokens: what it brings, what stays, and a new ID token only if that is the same person's. */
final class RefreshedTokens {

    private static final Logger LOG = Logger.getLogger(RefreshedTokens.class);

    /** How long the keys for ID tokens may take before a refresh does without them. */
    private static final Duration KEYS = Duration.ofSeconds(2);

    private final IdTokenCheck idTokens;
    private final Supplier<IdTokenCheck.Server> server;

    RefreshedTokens(IdTokenCheck idTokens, Supplier<IdTokenCheck.Server> server) {
        this.idTokens = idTokens;
        this.server = server;
    }

    /** Who has issued an ID token will issue another one. Its keys are no reason to keep a refresh waiting for long. */
    Uni<Void> prepare(Tokens old) {
        return old.idToken().isEmpty() ? Uni.createFrom().voidItem()
                : idTokens.prepare().ifNoItem().after(KEYS).recoverWithItem((Void) null);
    }

    /**
     * The old refresh token may be spent: whatever is wrong with a new ID token, the other new tokens are used, and the old ID
     * token stays.
     */
    Tokens completed(Tokens refreshed, Tokens old) {
        if (refreshed.idToken().isPresent()) {
            try {
                idTokens.checkRefreshed(refreshed.idToken().get(), old.idToken(), server.get());
                return completed(refreshed, old, refreshed.idToken());
            } catch (RuntimeException problem) {
                LOG.warnf("A new ID token is not used, and the old one stays: %s", problem.getMessage());
            }
        }
        return completed(refreshed, old, old.idToken());
    }

    /** What the answer doesn't repeat stays as it was (RFC 6749 §6). */
    private static Tokens completed(Tokens refreshed, Tokens old, Optional<Secret> idToken) {
        Map<String, Object> parameters = new LinkedHashMap<>(old.parameters());
        parameters.putAll(refreshed.parameters());
        return new Tokens(refreshed.accessToken(), refreshed.tokenType(), refreshed.refreshToken().or(old::refreshToken),
                idToken, refreshed.expiresAt(), refreshed.scopes(), Collections.unmodifiableMap(parameters), old.dpopKey());
    }
}
