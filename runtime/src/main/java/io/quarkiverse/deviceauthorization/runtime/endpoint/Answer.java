package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;

/**
 * An answer of the server, read as far as it can be read.
 *
 * @param status the HTTP status
 * @param contentType as the server says, cleaned, for messages
 * @param members the members of a JSON object or the fields of a form; empty when the body is neither
 * @param readable whether the body is a JSON object or a form
 * @param retryAfter the {@code Retry-After} header, if there is one
 * @param location the {@code Location} header, cleaned and without its query, for messages
 */
record Answer(int status, String contentType, Map<String, Object> members, boolean readable, Optional<Duration> retryAfter,
        Optional<String> location) {

    private static final int MAX_DIGITS = 64;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final String HIDDEN = "[hidden]";

    /** The members that people read. */
    private static final Set<String> FOR_PEOPLE = Set.of("error_description", "error_uri");

    /** The members that are never shown, and may repeat what was sent. */
    private static final Set<String> SECRET = Set.of("device_code", "access_token", "refresh_token", "id_token");

    /** A shorter secret would be found in words that have nothing to do with it, such as an error code. */
    private static final int LONG = 8;

    boolean successful() {
        return status >= 200 && status < 300;
    }

    /** @return whether there is nothing at this address, for now or any more */
    boolean nothingThere() {
        return status == 404 || status == 405 || status == 410;
    }

    boolean redirects() {
        return status >= 300 && status < 400 && status != 304;
    }

    /** @return a member that is a text and not empty */
    Optional<String> text(String name) {
        return members.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** @return a member that is a number, or a text that holds one */
    Optional<BigDecimal> number(String name) {
        Object value = members.get(name);
        if (value instanceof Integer number) {
            return Optional.of(BigDecimal.valueOf(number));
        }
        if (value instanceof Number || value instanceof String) {
            String text = value.toString().strip();
            if (text.length() <= MAX_DIGITS && NUMBER.matcher(text).matches()) {
                return Optional.of(new BigDecimal(text));
            }
        }
        return Optional.empty();
    }

    /** @return the same answer as a provider's adapter reads it */
    Answer as(ProviderAnswer adapted) {
        return adapted.status() == status && adapted.members().equals(members) ? this
                : new Answer(adapted.status(), contentType, adapted.members(), readable || !adapted.members().isEmpty(),
                        retryAfter, location);
    }

    /**
     * @return the same answer with an {@code error} that is an object, as some APIs have it, written as OAuth does: its
     *         {@code code} and {@code message}
     */
    Answer flattened() {
        if (!(members.get("error") instanceof Map<?, ?> error) || !(error.get("code") instanceof String code)) {
            return this;
        }
        Map<String, Object> flat = new LinkedHashMap<>(members);
        flat.put("error", code);
        if (error.get("message") instanceof String message) {
            flat.putIfAbsent("error_description", message);
        }
        return new Answer(status, contentType, flat, readable, retryAfter, location);
    }

    /**
     * @param secret what was sent; servers do quote the token that they refuse
     * @return the answer, whose texts for people don't contain it
     */
    Answer hiding(String secret) {
        if (!quotes(secret)) {
            return this;
        }
        Map<String, Object> hidden = new LinkedHashMap<>(members);
        boolean unmistakable = secret.length() >= LONG;
        hidden.replaceAll((name, value) -> value instanceof String text && !SECRET.contains(name)
                && (unmistakable || FOR_PEOPLE.contains(name)) ? without(secret, text) : value);
        return new Answer(status, unmistakable ? without(secret, contentType) : contentType, hidden, readable, retryAfter,
                location.map(text -> unmistakable ? without(secret, text) : text));
    }

    /** Nearly no answer does, and what has nothing to hide is not copied. */
    private boolean quotes(String secret) {
        for (Object value : members.values()) {
            if (value instanceof String text && !without(secret, text).equals(text)) {
                return true;
            }
        }
        return !without(secret, contentType).equals(contentType)
                || location.filter(text -> !without(secret, text).equals(text)).isPresent();
    }

    /**
     * Characters that are removed before the text is shown could take the secret apart until then; and a secret that is longer
     * than what is shown of a text would be found no more once the text is cut.
     */
    private static String without(String secret, String text) {
        if (text.length() < secret.length()) {
            return text;
        }
        String clean = CleanText.uncut(text);
        String hidden = clean.replace(secret, HIDDEN).replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), HIDDEN);
        return hidden.equals(clean) ? text : hidden;
    }

    /** @return for how long something lives at least: a positive number of seconds, at most as long as the limit */
    Optional<Duration> life(String name, Duration limit) {
        return seconds(name, limit, RoundingMode.FLOOR);
    }

    /** @return how long to wait at least: a positive number of seconds, at most as long as the limit */
    Optional<Duration> pause(String name, Duration limit) {
        return seconds(name, limit, RoundingMode.CEILING);
    }

    /** @param rounding of what is less than a millisecond */
    private Optional<Duration> seconds(String name, Duration limit, RoundingMode rounding) {
        if (members.get(name) instanceof Integer whole) { // as nearly all are
            return whole > 0 ? Optional.of(Duration.ofSeconds(Math.min(whole, limit.toSeconds()))) : Optional.empty();
        }
        return number(name).filter(seconds -> seconds.signum() > 0)
                .map(seconds -> seconds.min(BigDecimal.valueOf(limit.toSeconds())))
                .map(seconds -> Duration.ofMillis(seconds.movePointRight(3).setScale(0, rounding).longValue()))
                .filter(time -> !time.isZero());
    }

    /** Shows which members there are, and none of their values, since some are secrets. */
    @Override
    public String toString() {
        return "Answer[status=" + status + ", contentType=" + contentType + ", members=" + members.keySet() + "]";
    }
}
