package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request carries to say who the client is.
 *
 * @param parameters what belongs into its body
 * @param authorization its {@code Authorization} header
 * @param secrets what the server must not be quoted with
 */
public record Credentials(Map<String, String> parameters, Optional<String> authorization, List<String> secrets) {

    public Credentials {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        secrets = List.copyOf(secrets);
    }

    /** @return the same with a parameter after the others */
    Credentials with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new Credentials(more, authorization, secrets);
    }

    /** @return the same with something that the server must not be quoted with */
    Credentials hiding(String secret) {
        List<String> more = new ArrayList<>(secrets);
        more.add(secret);
        return new Credentials(parameters, authorization, more);
    }

    /** Shows what kind of credentials these are, and none of their values. */
    @Override
    public String toString() {
        return "Credentials[parameters=" + parameters.keySet() + ", authorization=" + authorization.isPresent() + "]";
    }
}
