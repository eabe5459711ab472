package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a request (RFC 6749, appendix B): UTF-8, each parameter once except {@code resource} (RFC 8707), and none without
 * a value (RFC 6749 §3.1).
 */
final class Form {

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    /** Sets a parameter, in place of one of the same name; an empty value leaves it out. */
    Form set(String name, String value) {
        if (value.isEmpty()) {
            parameters.remove(name);
        } else {
            parameters.put(name, List.of(value));
        }
        return this;
    }

    Form setAll(Map<String, String> values) {
        values.forEach(this::set);
        return this;
    }

    Form resources(Collection<URI> resources) {
        if (!resources.isEmpty()) {
            parameters.put("resource", resources.stream().map(URI::toString).toList());
        }
        return this;
    }

    byte[] encode() {
        StringBuilder body = new StringBuilder(128);
        parameters.forEach((name, values) -> {
            for (String value : values) {
                if (!body.isEmpty()) {
                    body.append('&');
                }
                body.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return body.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
