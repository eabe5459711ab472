package io.quarkiverse.deviceauthorization.devserver;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the {@code scope} parameter (RFC 6749 §3.3). */
final class Scopes {

    private static final Pattern SCOPE_TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private Scopes() {
    }

    static Set<String> parse(String scope) {
        Set<String> scopes = new LinkedHashSet<>();
        for (String token : scope.split(" ")) {
            if (!SCOPE_TOKEN.matcher(token).matches()) {
                throw new OAuthException("invalid_scope", "The scope is malformed");
            }
            scopes.add(token);
        }
        return Collections.unmodifiableSet(scopes);
    }
}
