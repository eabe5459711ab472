package io.quarkiverse.deviceauthorization.runtime.dev;

import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.Secret;

/**
 * What a signed JWT says (RFC 7519). Nobody has checked its signature, which is left out: without it, nobody can use the token.
 *
 * @param header its header, as JSON for people
 * @param claims its claims, as JSON for people
 * @param times the claims that are times, in milliseconds since 1970
 */
record UnverifiedJwt(String header, String claims, Map<String, Long> times) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TIMES = List.of("auth_time", "iat", "nbf", "exp");

    /** The last second of the year 9999. */
    private static final long LAST_SECOND = 253402300799L;

    /** @return what it says; empty if the token is no signed JWT */
    static Optional<UnverifiedJwt> of(Secret token) {
        String[] parts = token.value().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = part(parts[0]);
            JsonNode claims = part(parts[1]);
            return header.hasNonNull("alg") && claims.isObject()
                    ? Optional.of(new UnverifiedJwt(header.toPrettyString(), claims.toPrettyString(), times(claims)))
                    : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty(); // an opaque token with two dots in it
        }
    }

    private static JsonNode part(String encoded) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(encoded));
    }

    private static Map<String, Long> times(JsonNode claims) {
        Map<String, Long> times = new LinkedHashMap<>();
        for (String name : TIMES) {
            JsonNode time = claims.path(name);
            if (time.isNumber() && time.canConvertToLong() && time.asLong() > 0 && time.asLong() <= LAST_SECOND) {
                times.put(name, time.asLong() * 1000);
            }
        }
        return times;
    }
}
