package io.quarkiverse.deviceauthorization.deployment.devservices;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads the claims about a person from the configuration, where all values are texts. */
final class Claims {

    private static final ObjectReader JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build().readerFor(Object.class);

    private Claims() {
    }

    /** The claims in the order of their names. */
    static Map<String, Object> of(Map<String, String> configured) {
        Map<String, Object> claims = new LinkedHashMap<>();
        new TreeMap<>(configured).forEach((claim, value) -> claims.put(claim, value(value)));
        return claims;
    }

    private static Object value(String configured) {
        try {
            Object value = JSON.readValue(configured);
            return value == null ? configured : value;
        } catch (JsonProcessingException noJson) {
            return configured;
        }
    }
}
