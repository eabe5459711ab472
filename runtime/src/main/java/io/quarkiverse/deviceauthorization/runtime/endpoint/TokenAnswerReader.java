package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.ws.rs.core.Response;

import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;

/**
 * Reads the answer to a token request (RFC 6749 §5, RFC 8628 §3.5): by its body first, by its status second, since servers
 * answer "pending" with 200, 400, 401, 403 and 428.
 */
final class TokenAnswerReader {

    private static final Duration LONGEST_LIFE = Duration.ofDays(3650);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

    /** What the codes mean for a flow, in every spelling that is known. */
    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            Map.entry("authorization_pending", Meaning.PENDING),
            Map.entry("slow_down", Meaning.SLOW_DOWN),
            Map.entry("access_denied", Meaning.DENIED),
            Map.entry("authorization_declined", Meaning.DENIED),
            Map.entry("expired_token", Meaning.EXPIRED),
            Map.entry("token_expired", Meaning.EXPIRED),
            Map.entry("invalid_request", Meaning.REFUSED),
            Map.entry("invalid_client", Meaning.REFUSED),
            Map.entry("invalid_grant", Meaning.REFUSED),
            Map.entry("invalid_scope", Meaning.REFUSED),
            Map.entry("unauthorized_client", Meaning.REFUSED),
            Map.entry("unsupported_grant_type", Meaning.REFUSED),
            Map.entry("invalid device code", Meaning.REFUSED));

    /** Codes by which a server says that it can't answer now. */
    private static final Set<String> ASK_AGAIN = Set.of("server_error", "temporarily_unavailable");

    private static final List<String> CODE_MEMBERS = List.of("error", "error_code", "message");

    private static final Set<String> KNOWN = Set.of("access_token", "token_type", "expires_in", "refresh_token", "id_token",
            "scope");

    private final Unusable unusable;
    private final InstantSource clock;

    TokenAnswerReader(Unusable unusable, InstantSource clock) {
        this.unusable = unusable;
        this.clock = clock;
    }

    /**
     * @param answer the answer
     * @param requested what was asked for, which the server need not repeat
     * @return what it means
     */
    TokenAnswer read(Answer answer, Collection<String> requested) {
        Optional<String> accessToken = answer.text("access_token").filter(TokenAnswerReader::isToken);
        if (accessToken.isPresent()) {
            return new TokenAnswer.Granted(tokens(answer, Secret.of(accessToken.get()), requested));
        }
        return error(answer).flatMap(error -> meaning(error, answer))
                .orElseGet(() -> new TokenAnswer.Unavailable(unusable.answer("token-path", answer), answer.retryAfter()));
    }

    /** RFC 6749, appendix A.12: anything else would break the header that carries it. */
    private static boolean isToken(String text) {
        return text.chars().allMatch(character -> character >= 0x20 && character <= 0x7E);
    }

    /**
     * A server that fails while it looks at a request may refuse it by mistake, and one that is being replaced may have nothing
     * there for a while, which some say in words of their own: no approved flow is lost by that.
     */
    private static Optional<TokenAnswer> meaning(OAuthError error, Answer answer) {
        Meaning meaning = MEANINGS.getOrDefault(error.code(), Meaning.REFUSED);
        boolean absent = answer.nothingThere() && !MEANINGS.containsKey(error.code());
        return meaning == Meaning.REFUSED && (answer.status() >= 500 || absent) ? Optional.empty()
                : Optional.of(new TokenAnswer.Error(meaning, error, answer.pause("interval", LONGEST_INTERVAL),
                        answer.retryAfter()));
    }

    /**
     * An OAuth error response, or nothing: a gateway's 502 or a 429 is none, even when it is JSON with an {@code error} in it.
     *
     * @param answer the answer
     * @return the error
     */
    static Optional<OAuthError> error(Answer answer) {
        String code = code(answer);
        boolean gateway = answer.status() >= 500 || answer.status() == 429 || answer.status() == 408;
        if (code == null || ASK_AGAIN.contains(code) || gateway && !MEANINGS.containsKey(code)) {
            return Optional.empty();
        }
        return Optional.of(new OAuthError(code, answer.text("error_description").map(CleanText::of),
                answer.text("error_uri").map(CleanText::of), answer.status()));
    }

    /** @return a code that is known, in whichever member, else what is where a code should be; null if nothing is */
    private static String code(Answer answer) {
        for (String member : CODE_MEMBERS) {
            if (answer.members().get(member) instanceof String code && MEANINGS.containsKey(code)) {
                return code;
            }
        }
        return answer.text("error").or(() -> answer.text("error_code")).map(CleanText::of)
                .filter(text -> !text.equalsIgnoreCase(reasonPhrase(answer.status()))).orElse(null);
    }

    /** What frameworks and gateways write as {@code error} when they have no OAuth error code: "Not Found". */
    private static String reasonPhrase(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "" : known.getReasonPhrase();
    }

    private Tokens tokens(Answer answer, Secret accessToken, Collection<String> requested) {
        Map<String, Object> others = new LinkedHashMap<>(answer.members());
        others.keySet().removeAll(KNOWN);
        return new Tokens(accessToken,
                answer.text("token_type").map(CleanText::of).filter(TokenAnswerReader::isToken).orElse("Bearer"),
                answer.text("refresh_token").map(Secret::of), answer.text("id_token").map(Secret::of),
                expiresAt(answer, accessToken), scopes(answer.members().get("scope"), requested),
                Collections.unmodifiableMap(others));
    }

    private Optional<Instant> expiresAt(Answer answer, Secret accessToken) {
        return answer.life("expires_in", LONGEST_LIFE).map(clock.instant()::plus).or(() -> JwtExpiry.of(accessToken));
    }

    private static Set<String> scopes(Object scope, Collection<String> requested) {
        Collection<?> granted = requested;
        if (scope instanceof String text && !text.isBlank()) {
            granted = List.of(text.strip().split("[\\s,]+"));
        } else if (scope instanceof Collection<?> list) {
            granted = list;
        }
        Set<String> scopes = new LinkedHashSet<>();
        granted.forEach(name -> scopes.add(CleanText.of(String.valueOf(name))));
        return Collections.unmodifiableSet(scopes);
    }
}
