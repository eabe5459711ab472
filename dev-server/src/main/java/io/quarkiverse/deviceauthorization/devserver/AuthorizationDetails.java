package io.quarkiverse.deviceauthorization.devserver;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads the {@code authorization_details} parameter (RFC 9396 §2). */
final class AuthorizationDetails {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AuthorizationDetails() {
    }

    static List<Map<String, Object>> parse(String json) {
        List<Map<String, Object>> details;
        try {
            details = JSON.readValue(json, new TypeReference<List<Map<String, Object>>>() {
            });
        } catch (JsonProcessingException malformed) {
            throw invalid("are no JSON array of objects");
        }
        if (details == null || details.isEmpty()) {
            throw invalid("are empty");
        }
        for (Map<String, Object> detail : details) {
            if (detail == null || !(detail.get("type") instanceof String type) || type.isEmpty()) {
                throw invalid("have an object without a type");
            }
        }
        return details;
    }

    private static OAuthException invalid(String problem) {
        return new OAuthException("invalid_authorization_details", "The authorization_details " + problem);
    }
}
