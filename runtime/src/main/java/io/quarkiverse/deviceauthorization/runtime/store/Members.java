package io.quarkiverse.deviceauthorization.runtime.store;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.Secret;

/** The members of a stored JSON object, each of the type that it has to be. Members that nobody asks for are ignored. */
record Members(Map<?, ?> values) {

    /** Collects members in the order in which they are written, and leaves out what there is not. */
    static final class Builder {

        private final Map<String, Object> values = new LinkedHashMap<>();

        Builder put(String name, Object value) {
            values.put(name, value);
            return this;
        }

        Builder put(String name, Optional<?> value) {
            value.ifPresent(present -> values.put(name, present instanceof Secret secret ? secret.value() : present));
            return this;
        }

        /** OAuth's way to write scopes is one text (RFC 6749 §3.3); what a server calls a scope may not fit in there. */
        Builder putScopes(Set<String> scopes) {
            String joined = String.join(" ", scopes);
            return put("scope", split(joined).equals(scopes) ? joined : scopes);
        }

        Map<String, Object> build() {
            return values;
        }
    }

    private static Set<String> split(String scope) {
        return scope.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(scope.split(" ", -1)));
    }

    private static BrokenContentException wrong(String name) {
        return new BrokenContentException("its member " + name + " is missing, or not what it has to be");
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    /** @return false also when it is not there */
    boolean isTrue(String name) throws BrokenContentException {
        return optional(name, Boolean.class).orElse(false);
    }

    String text(String name) throws BrokenContentException {
        return optionalText(name).orElseThrow(() -> wrong(name));
    }

    Optional<String> optionalText(String name) throws BrokenContentException {
        return optional(name, String.class);
    }

    Secret secret(String name) throws BrokenContentException {
        return Secret.of(text(name));
    }

    Optional<Secret> optionalSecret(String name) throws BrokenContentException {
        return optionalText(name).map(Secret::of);
    }

    long number(String name) throws BrokenContentException {
        if (values.get(name) instanceof Integer || values.get(name) instanceof Long) {
            return ((Number) values.get(name)).longValue();
        }
        throw wrong(name);
    }

    Instant instant(String name) throws BrokenContentException {
        return parsed(name, Instant::parse).orElseThrow(() -> wrong(name));
    }

    Optional<Instant> optionalInstant(String name) throws BrokenContentException {
        return parsed(name, Instant::parse);
    }

    Duration duration(String name) throws BrokenContentException {
        return parsed(name, Duration::parse).orElseThrow(() -> wrong(name));
    }

    URI uri(String name) throws BrokenContentException {
        return parsed(name, URI::create).orElseThrow(() -> wrong(name));
    }

    Optional<URI> optionalUri(String name) throws BrokenContentException {
        return parsed(name, URI::create);
    }

    <T> Optional<T> parsed(String name, Function<String, T> parser) throws BrokenContentException {
        Optional<String> text = optionalText(name);
        try {
            return text.map(parser);
        } catch (RuntimeException e) { // each parser has an exception of its own, and all quote the text
            throw wrong(name);
        }
    }

    Set<String> scopes() throws BrokenContentException {
        if (values.get("scope") instanceof String joined) {
            return Collections.unmodifiableSet(split(joined));
        }
        return Collections.unmodifiableSet(new LinkedHashSet<>(texts("scope")));
    }

    List<String> texts(String name) throws BrokenContentException {
        if (values.get(name) instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw wrong(name);
    }

    Members object(String name) throws BrokenContentException {
        return new Members(optional(name, Map.class).orElseThrow(() -> wrong(name)));
    }

    /** @return a member that is an object, as JSON types; empty when it is not there */
    Map<String, Object> map(String name) throws BrokenContentException {
        Map<String, Object> map = new LinkedHashMap<>();
        if (has(name)) {
            object(name).values.forEach((key, value) -> map.put((String) key, value));
        }
        return Collections.unmodifiableMap(map);
    }

    Map<String, String> textMap(String name) throws BrokenContentException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : map(name).entrySet()) {
            if (!(member.getValue() instanceof String text)) {
                throw wrong(name);
            }
            texts.put(member.getKey(), text);
        }
        return texts;
    }

    private <T> Optional<T> optional(String name, Class<T> type) throws BrokenContentException {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(name);
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    /** Shows which members there are, and none of their values, since most are secrets. */
    @Override
    public String toString() {
        return "Members" + values.keySet();
    }
}
