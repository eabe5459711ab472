package io.quarkiverse.deviceauthorization.runtime.idtoken;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

import io.quarkiverse.deviceauthorization.Secret;

/** The claims of an ID token that was checked when it came. */
public final class IdTokenClaims implements JsonWebToken {

    private final Secret raw;
    private final Map<String, Object> claims;

    private IdTokenClaims(Secret raw, Map<String, Object> claims) {
        this.raw = raw;
        this.claims = claims;
    }

    /** @return the claims; empty when it is no signed JWT */
    public static Optional<JsonWebToken> of(Secret idToken) {
        String[] parts = idToken.value().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IdTokenClaims(idToken, JsonUtil.parseJson(
                    new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))));
        } catch (JoseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first of {@code upn}, {@code preferred_username} and {@code sub} (MicroProfile JWT §4.2). */
    @Override
    public String getName() {
        return Stream.of("upn", "preferred_username", "sub").map(this::<Object> getClaim).filter(String.class::isInstance)
                .map(String.class::cast).findFirst().orElse(null);
    }

    @Override
    public Set<String> getClaimNames() {
        Set<String> names = new LinkedHashSet<>(claims.keySet());
        names.add("raw_token");
        return names;
    }

    /** The values of MicroProfile JWT's own claims have the types that it says, whatever form the JSON has. */
    @Override
    @SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // so it is in the interface
    public <T> T getClaim(String name) {
        Object value = name.equals("raw_token") ? raw.value() : claims.get(name);
        return (T) switch (name) {
            case "aud", "groups" -> texts(value);
            case "exp", "iat", "nbf", "auth_time", "updated_at" -> value instanceof Number number ? number.longValue() : value;
            default -> value;
        };
    }

    private static Set<String> texts(Object value) {
        if (value == null) {
            return null;
        }
        Set<String> texts = new LinkedHashSet<>();
        if (value instanceof Collection<?> many) {
            many.stream().filter(String.class::isInstance).forEach(one -> texts.add((String) one));
        } else if (value instanceof String one) {
            texts.add(one);
        }
        return texts;
    }

    /** Shows whom it is about, and no token. */
    @Override
    public String toString() {
        return "IdTokenClaims[issuer=" + getIssuer() + ", subject=" + getSubject() + "]";
    }
}
