package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Judges authorization details (RFC 9396). Apart from the other rules, so that JSON is read only where somebody has set some.
 */
final class AuthorizationDetailsRule {

    private AuthorizationDetailsRule() {
    }

    /** Without the text itself: what somebody asks for can be private, such as an account number. */
    static Optional<String> problem(String text) {
        return isArrayOfTypes(text) ? Optional.empty()
                : Optional.of("is no JSON array of objects with a text 'type' each (RFC 9396 §2). Write for example"
                        + " [{\"type\":\"account_information\"}]");
    }

    private static boolean isArrayOfTypes(String text) {
        try {
            JsonNode array = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(text);
            boolean typed = array != null && array.isArray() && !array.isEmpty();
            for (int index = 0; typed && index < array.size(); index++) {
                typed = array.get(index).path("type").isTextual();
            }
            return typed;
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
