package io.quarkiverse.deviceauthorization.devserver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A person who can sign in.
 *
 * @param name what the page and the script call this person; the {@code sub} too, unless the claims have one
 * @param claims claims about this person (OpenID Connect Core 1.0 §5.1)
 */
record User(String name, Map<String, Object> claims) {

    private static final Set<String> PROFILE = Set.of("name", "family_name", "given_name", "middle_name", "nickname",
            "preferred_username", "profile", "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at");
    private static final Set<String> EMAIL = Set.of("email", "email_verified");

    /** Who there is when nobody else is named. */
    static Map<String, User> examples() {
        Map<String, User> users = new LinkedHashMap<>();
        for (String name : List.of("Alice", "Bob")) {
            String id = name.toLowerCase(Locale.ROOT);
            users.put(id, new User(id, Map.of("name", name, "preferred_username", id, "email", id + "@example.com")));
        }
        return users;
    }

    String subject() {
        return claims.getOrDefault("sub", name).toString();
    }

    String displayName() {
        return claims.getOrDefault("name", name).toString();
    }

    /** The claims that these scopes allow to see (OpenID Connect Core 1.0 §5.4), {@code sub} first. */
    Map<String, Object> claims(Set<String> scopes) {
        Map<String, Object> allowed = new LinkedHashMap<>();
        allowed.put("sub", subject());
        claims.forEach((claim, value) -> {
            boolean hidden = PROFILE.contains(claim) && !scopes.contains("profile")
                    || EMAIL.contains(claim) && !scopes.contains("email");
            if (!hidden && !claim.equals("sub")) {
                allowed.put(claim, value);
            }
        });
        return allowed;
    }
}
