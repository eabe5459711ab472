package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.Secret;

/**
 * When an access token that is a JWT ends, for servers that send no {@code expires_in}. Only a hint about when to refresh: the
 * signature is the business of whoever accepts the token.
 */
final class JwtExpiry {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            // a cache of names would be filled by whoever answers, and keep them for good
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build());

    private JwtExpiry() {
    }

    static Optional<Instant> of(Secret token) {
        String[] parts = token.value().split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode expiry = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
            return expiry.isNumber() && expiry.canConvertToLong() && expiry.asLong() > 0
                    ? Optional.of(Instant.ofEpochSecond(Math.min(expiry.asLong(), 253402300799L)))
                    : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty(); // an opaque token with two dots in it
        }
    }
}
