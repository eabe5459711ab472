package io.quarkiverse.deviceauthorization.runtime.idtoken;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.smallrye.mutiny.Uni;

/** Checks ID tokens (OpenID Connect Core 1.0 §3.1.3.7, §12.2). */
public final class IdTokenCheck {

    /**
     * What the server says of itself.
     *
     * @param issuer its issuer, if it is known
     * @param keys reads its JWK set, if it has one
     */
    public record Server(Optional<String> issuer, Optional<Supplier<Uni<Map<String, Object>>>> keys) {
    }

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    /** What a claim may put into the path of an issuer. */
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final ClientSettings settings;
    private final ClientConfig.IdToken config;
    private final Uni<Server> server;
    private final InstantSource clock;
    private final SigningKeys keys;
    private volatile boolean outdated;

    /** @param server finds out about the server, when it is needed */
    public IdTokenCheck(ClientSettings settings, Supplier<Uni<Server>> server, InstantSource clock) {
        this.settings = settings;
        this.config = settings.config().idToken();
        this.server = Uni.createFrom().deferred(server::get);
        this.clock = clock;
        this.keys = new SigningKeys(clock);
    }

    /**
     * Reads the keys of the server, if they are not known, so that nobody has to wait for them once tokens are there.
     *
     * @return completes when they are known, or can't be read now
     */
    public Uni<Void> prepare() {
        if (!config.check()) {
            return Uni.createFrom().voidItem();
        }
        return server.onItem().transformToUni(known -> known.keys().map(reader -> {
            Uni<?> reading = outdated
                    ? keys.newKeys(reader, clock.millis()).onItem().invoke(read -> outdated = read.isEmpty())
                    : keys.keys(reader);
            return reading.replaceWithVoid();
        }).orElseGet(() -> Uni.createFrom().voidItem())).onFailure().recoverWithNull();
    }

    /**
     * @param idToken the ID token of a sign-in
     * @param nonce what it has to repeat
     * @return completes when all is well; fails with an {@link InvalidIdTokenException} when it is not, and with what the
     *         reader of the keys fails with
     */
    public Uni<Void> check(Secret idToken, Optional<String> nonce) {
        if (!config.check()) {
            return Uni.createFrom().voidItem();
        }
        return server.onItem().transformToUni(known -> {
            claims(idToken, known, nonce);
            return signature(idToken, known);
        });
    }

    /**
     * Checks the ID token of a refresh by what is known, without asking anybody: the refresh token beside it has to be stored
     * at once, since the one before may be spent.
     *
     * @param idToken the ID token
     * @param previous the one that it takes the place of
     * @param known what was known of the server when it answered
     * @throws InvalidIdTokenException when something is wrong with it, or can't be known
     */
    public void checkRefreshed(Secret idToken, Optional<Secret> previous, Server known) {
        if (!config.check()) {
            return;
        }
        JsonWebToken claims = claims(idToken, known, Optional.empty());
        previous.flatMap(IdTokenClaims::of).ifPresent(earlier -> samePerson(claims, earlier));
        IdTokenSignature signature = parsed(idToken);
        if (!bySecret(signature) && known.keys().isPresent() && !signature.isBy(keys.inMemory())) {
            outdated = true;
            throw notSigned();
        }
    }

    private JsonWebToken claims(Secret idToken, Server known, Optional<String> nonce) {
        JsonWebToken claims = IdTokenClaims.of(idToken).orElseThrow(() -> invalid("is no signed JWT. Register the client for"
                + " signed ID tokens that are not encrypted"));
        claims(claims, known, nonce);
        return claims;
    }

    private void claims(JsonWebToken claims, Server known, Optional<String> nonce) {
        Object issuer = claims.getClaim("iss");
        settings.issuer().or(known::issuer).ifPresent(expected -> {
            String wanted = filledIn(expected, claims);
            if (!(issuer instanceof String actual) || !withoutSlash(actual).equals(withoutSlash(wanted))) {
                throw invalid("is of another issuer than '" + expected + "'. If you trust it, set "
                        + ConfigKeys.key(settings.name(), "id-token.issuer"));
            }
        });
        Set<String> audience = claims.getClaim("aud");
        Object authorizedParty = claims.getClaim("azp");
        if (audience == null || !audience.contains(settings.clientId())
                || audience.size() > 1 && authorizedParty != null && !settings.clientId().equals(authorizedParty)) {
            throw invalid("was issued to another client");
        }
        if (!(claims.getClaim("sub") instanceof String subject) || subject.isEmpty()) {
            throw invalid("names no subject");
        }
        time(claims);
        nonce.filter(expected -> !isSame(expected, claims.getClaim("nonce"))).ifPresent(expected -> {
            throw invalid("doesn't repeat the nonce of the request. Not every provider does in this grant: leave the nonce out"
                    + " if yours doesn't");
        });
    }

    /** What is compared is a secret between us and the server, so the time that it takes tells nothing. */
    private static boolean isSame(Object expected, Object claim) {
        return expected instanceof String nonce && claim instanceof String text && Secret.of(nonce).equals(Secret.of(text));
    }

    private void time(JsonWebToken claims) {
        long now = clock.instant().getEpochSecond();
        long leeway = config.leeway().toSeconds();
        if (!(claims.<Object> getClaim("exp") instanceof Long end) || end <= now - leeway) {
            throw invalid("has expired, or doesn't say when it does. Check the clock of this machine, and "
                    + ConfigKeys.key(settings.name(), "id-token.leeway"));
        }
        if (claims.<Object> getClaim("nbf") instanceof Long start && start > now + leeway) {
            throw invalid("is not valid yet. Check the clock of this machine");
        }
    }

    /** OpenID Connect Core 1.0 §12.2. */
    private void samePerson(JsonWebToken claims, JsonWebToken earlier) {
        if (!Objects.equals(claims.getClaim("sub"), earlier.getClaim("sub"))
                || !Objects.equals(claims.getClaim("iss"), earlier.getClaim("iss"))) {
            throw invalid("is about another person than before the refresh");
        }
        if (claims.containsClaim("nonce") && !isSame(earlier.getClaim("nonce"), claims.getClaim("nonce"))) {
            throw invalid("has another nonce than before the refresh");
        }
    }

    /**
     * Without a JWK set there is nothing to check it by; the token came over a connection whose certificate was checked, which
     * may be used instead (§3.1.3.7, 6).
     */
    private Uni<Void> signature(Secret idToken, Server known) {
        IdTokenSignature signature = parsed(idToken);
        if (bySecret(signature) || known.keys().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Supplier<Uni<Map<String, Object>>> reader = known.keys().get();
        long begin = clock.millis();
        return keys.keys(reader).onItem().transformToUni(first -> signature.isBy(first) ? Uni.createFrom().voidItem()
                : keys.newKeys(reader, begin).onItem().invoke(second -> {
                    if (!signature.isBy(second.orElseThrow(this::tooSoon))) {
                        throw notSigned();
                    }
                }).replaceWithVoid());
    }

    /** @return whether it is signed by the client's own secret; if not, only a key of the server will do */
    private boolean bySecret(IdTokenSignature signature) {
        Optional<String> secret = settings.config().credentials().secret();
        if (secret.isEmpty() || !signature.takesSecret()) {
            return false;
        }
        if (!signature.isBy(secret.get())) {
            throw notSigned();
        }
        return true;
    }

    private IdTokenSignature parsed(Secret idToken) {
        return IdTokenSignature.of(idToken).orElseThrow(() -> invalid("is no signed JWT"));
    }

    /** Some servers are many: the issuer has the tenant in it, which a claim names. */
    private static String filledIn(String issuer, JsonWebToken claims) {
        return PLACEHOLDER.matcher(issuer).replaceAll(match -> claims.<Object> getClaim(match.group(1)) instanceof String text
                && TENANT.matcher(text).matches() ? text : "");
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Keys may have changed twice within moments: whether the token is right will be known when they are read once more. */
    private AuthorizationServerException tooSoon() {
        return new AuthorizationServerException(
                "The ID token for " + ConfigKeys.describe(settings.name()) + " is signed by a key"
                        + " that is not known, and the server's keys were read just before. They will be read again",
                0, null);
    }

    private InvalidIdTokenException notSigned() {
        return invalid("is not signed by a key of the server");
    }

    private InvalidIdTokenException invalid(String what) {
        return new InvalidIdTokenException("The ID token for " + ConfigKeys.describe(settings.name()) + " " + what
                + ". The tokens that came with it are not used");
    }
}
