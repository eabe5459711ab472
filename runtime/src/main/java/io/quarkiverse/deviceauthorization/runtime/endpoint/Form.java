package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.provider.ProviderRequest;

/**
 * The parameters of a request: each once except {@code resource} (RFC 8707), and none without a value (RFC 6749 §3.1).
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

    Form set(String name, Optional<String> value) {
        return set(name, value.orElse(""));
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

    /**
     * @param credentials what identifies the client
     * @return a request with these parameters
     */
    ProviderRequest request(ProviderRequest.Kind kind, Map<String, String> credentials, Map<String, String> headers) {
        Map<String, List<String>> all = new LinkedHashMap<>(parameters);
        credentials.forEach((name, value) -> all.put(name, List.of(value)));
        return new ProviderRequest(kind, all, headers, ProviderRequest.Format.FORM);
    }
}
