package io.quarkiverse.deviceauthorization.devserver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a form body or a query ({@code application/x-www-form-urlencoded}, UTF-8). */
final class Parameters {

    /** Sent as often as there are resources (RFC 8707 §2); no other parameter may repeat (RFC 6749 §3.2). */
    private static final String RESOURCE = "resource";

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> malformed = new ArrayList<>();

    static Parameters parse(String encoded) {
        Parameters parameters = new Parameters();
        if (encoded == null || encoded.isEmpty()) {
            return parameters;
        }
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isPresent() && value.isPresent()) {
                parameters.values.computeIfAbsent(name.get(), n -> new ArrayList<>()).add(value.get());
            } else {
                parameters.malformed.add(pair);
            }
        }
        return parameters;
    }

    /** The decoded text, or nothing when it is malformed. */
    static Optional<String> decode(String encoded) {
        try {
            return Optional.of(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    Parameters validated() {
        if (!malformed.isEmpty()) {
            throw OAuthException.invalidRequest("The parameters are not form-urlencoded");
        }
        values.forEach((name, all) -> {
            if (all.size() > 1 && !name.equals(RESOURCE)) {
                throw OAuthException.invalidRequest("The parameter " + name + " is sent more than once");
            }
        });
        return this;
    }

    /** A parameter without a value counts as omitted (RFC 6749 §3.2). */
    Optional<String> value(String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst().filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return value(name).orElseThrow(() -> OAuthException.invalidRequest("The parameter " + name + " is missing"));
    }

    List<String> values(String name) {
        return values.getOrDefault(name, List.of()).stream().filter(value -> !value.isEmpty()).toList();
    }

    Map<String, List<String>> asMap() {
        return Collections.unmodifiableMap(values);
    }
}
