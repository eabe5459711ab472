package io.quarkiverse.deviceauthorization.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer of a provider. Immutable; each method returns a changed copy.
 *
 * @param status the HTTP status
 * @param members the members of a JSON object, as JSON types, or the fields of a form; empty when the body is neither
 */
public record ProviderAnswer(int status, Map<String, Object> members) {

    public ProviderAnswer {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** @return the same with a member */
    public ProviderAnswer with(String member, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.put(member, value);
        return new ProviderAnswer(status, changed);
    }

    /** @return the same with a member by another name, if it is there and the other is not */
    public ProviderAnswer renamed(String member, String name) {
        if (!members.containsKey(member) || members.containsKey(name)) {
            return this;
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        members.forEach((known, value) -> changed.put(known.equals(member) ? name : known, value));
        return new ProviderAnswer(status, changed);
    }

    /** @return the same as an error response with this code (RFC 6749 §5.2), if it has none */
    public ProviderAnswer error(String code) {
        return members.get("error") instanceof String ? this : with("error", code);
    }

    /** @return a member that is a text */
    public Optional<String> text(String member) {
        return members.get(member) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Shows which members there are, and none of their values, since some are secrets. */
    @Override
    public String toString() {
        return "ProviderAnswer[status=" + status + ", members=" + members.keySet() + "]";
    }
}
