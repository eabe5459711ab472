package io.quarkiverse.deviceauthorization.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request to a provider. Immutable; each method returns a changed copy.
 *
 * @param kind what it asks for
 * @param parameters the parameters of its body, in their order; only {@code resource} has more than one value (RFC 8707)
 * @param headers its headers, besides those that every request has
 * @param format how the parameters are written
 */
public record ProviderRequest(Kind kind, Map<String, List<String>> parameters, Map<String, String> headers, Format format) {

    /** What a request asks for. */
    public enum Kind {
        /** A device code and a user code (RFC 8628 §3.1). */
        DEVICE_AUTHORIZATION,
        /** Whether the person has decided (RFC 8628 §3.4). */
        DEVICE_TOKEN,
        /** New tokens for a refresh token (RFC 6749 §6). */
        REFRESH,
        /** The end of a token (RFC 7009 §2.1). */
        REVOCATION
    }

    /** How parameters are written. */
    public enum Format {
        /** {@code application/x-www-form-urlencoded}, as RFC 6749 has it. */
        FORM,
        /** A JSON object. */
        JSON
    }

    public ProviderRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(format, "format");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** @return the same with this value of a parameter; an empty one leaves it out */
    public ProviderRequest with(String parameter, String value) {
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        if (value.isEmpty()) {
            changed.remove(parameter);
        } else {
            changed.put(parameter, List.of(value));
        }
        return new ProviderRequest(kind, changed, headers, format);
    }

    /** @return the same without a parameter */
    public ProviderRequest without(String parameter) {
        return with(parameter, "");
    }

    /** @return the same with a parameter by another name, if it is there */
    public ProviderRequest renamed(String parameter, String name) {
        Map<String, List<String>> changed = new LinkedHashMap<>();
        parameters.forEach((known, values) -> changed.put(known.equals(parameter) ? name : known, values));
        return new ProviderRequest(kind, changed, headers, format);
    }

    /** @return the same with a header */
    public ProviderRequest withHeader(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new ProviderRequest(kind, parameters, changed, format);
    }

    /** @return the same in another format */
    public ProviderRequest as(Format other) {
        return new ProviderRequest(kind, parameters, headers, other);
    }

    /** @return the first value of a parameter, or an empty text */
    public String value(String parameter) {
        List<String> values = parameters.getOrDefault(parameter, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    /** Shows which parameters there are, and none of their values, since some are secrets. */
    @Override
    public String toString() {
        return "ProviderRequest[kind=" + kind + ", parameters=" + parameters.keySet() + ", headers=" + headers.keySet()
                + ", format=" + format + "]";
    }
}
