package io.quarkiverse.deviceauthorization.runtime.provider;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;

/**
 * What to do about an error of a provider. The description picks the words for a developer, and decides nothing.
 *
 * @param kinds after which requests
 * @param codes the error codes; empty for any
 * @param description what the error's description has to contain, if that matters
 * @param advice what to do, in a sentence without the full stop
 */
record Cure(Set<Kind> kinds, Set<String> codes, Optional<Pattern> description, String advice) {

    /** After any request. */
    static final Set<Kind> ALWAYS = Set.of(Kind.values());
    static final Set<Kind> START = Set.of(Kind.DEVICE_AUTHORIZATION);
    static final Set<Kind> POLL = Set.of(Kind.DEVICE_TOKEN);
    static final Set<Kind> REFRESH = Set.of(Kind.REFRESH);
    /** After any request to the token endpoint. */
    static final Set<Kind> TOKEN = Set.of(Kind.DEVICE_TOKEN, Kind.REFRESH);

    /** Any error code: the description tells. */
    static final String ANY = "*";

    /**
     * @param codes error codes, with a bar between them, or {@link #ANY}
     * @param description a regular expression, for any case; empty for any description
     */
    static Cure of(Set<Kind> kinds, String codes, String description, String advice) {
        return new Cure(kinds, codes.equals(ANY) ? Set.of() : Set.of(codes.split("\\|")),
                Optional.of(description).filter(text -> !text.isEmpty())
                        .map(text -> Pattern.compile(text, Pattern.CASE_INSENSITIVE)),
                advice);
    }

    boolean fits(Kind kind, OAuthError error) {
        return kinds.contains(kind) && (codes.isEmpty() || codes.contains(error.code()))
                && (description.isEmpty() || description.get().matcher(error.description().orElse("")).find());
    }
}
