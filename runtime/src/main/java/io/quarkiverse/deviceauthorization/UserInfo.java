package io.quarkiverse.deviceauthorization;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the server says about the person who signed in (OpenID Connect Core 1.0 §5.3).
 *
 * @param subject who it is, at this server; the same as in the ID token
 * @param claims all claims, the subject included, as JSON types; texts are cleaned of control characters
 */
public record UserInfo(String subject, Map<String, Object> claims) {

    public UserInfo {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(claims, "claims");
    }

    /**
     * @param name the name of a claim, such as {@code preferred_username}
     * @return its value, if there is one and it is a text
     */
    public Optional<String> text(String name) {
        return claims.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
