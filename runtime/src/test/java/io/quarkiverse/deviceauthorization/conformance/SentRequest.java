package io.quarkiverse.deviceauthorization.conformance;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;

/**
 * What the client put on the wire.
 *
 * @param at when, in seconds since the start
 * @param method the HTTP method
 * @param endpoint where to
 * @param headers the headers of this request alone
 * @param format how the body is written
 * @param body the body; empty for a {@code GET}
 */
record SentRequest(double at, String method, URI endpoint, Map<String, String> headers, Format format, String body) {

    private static final String DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /** The parameters of the form, each with all of its values. */
    Map<String, List<String>> form() {
        Map<String, List<String>> form = new LinkedHashMap<>();
        for (String field : body.isEmpty() ? new String[0] : body.split("&")) {
            String[] parts = field.split("=", 2);
            form.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>()).add(decoded(parts[1]));
        }
        return form;
    }

    /** The only value of a parameter, or null. */
    String value(String parameter) {
        List<String> values = form().getOrDefault(parameter, List.of());
        if (values.size() > 1) {
            throw new AssertionError(parameter + " is sent more than once: " + body);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    String header(String name) {
        return headers.get(name);
    }

    boolean isPoll() {
        return method.equals("POST") && format == Format.FORM && DEVICE_CODE_GRANT.equals(value("grant_type"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
