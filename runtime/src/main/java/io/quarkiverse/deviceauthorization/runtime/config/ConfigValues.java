package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;

/**
 * The configuration of one client as it was written.
 *
 * @param client the name of the client
 * @param lookup finds a value by its whole key; {@link #UNRESOLVED} for an expression that can't be resolved yet
 * @param names all keys that are set, of whomever
 */
public record ConfigValues(String client, Function<String, Optional<String>> lookup, Set<String> names) {

    /** Stands for an expression that can't be resolved yet. */
    public static final String UNRESOLVED = "${}";

    private static final Set<String> TRUE = Set.of("true", "yes", "y", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "off", "0");

    /** @return the names in one pass: the iterable of the configuration can be used once only */
    public static Set<String> names(Iterable<String> names) {
        Set<String> all = new TreeSet<>();
        names.forEach(all::add);
        return all;
    }

    /**
     * An empty value is no value, as everywhere in Quarkus: it is how a value is taken back.
     *
     * @return the value of one of the client's keys, such as {@code client-id}, with or without quotes around the name
     */
    public Optional<String> get(String member) {
        Optional<String> quoted = lookup.apply(ConfigKeys.key(client, member));
        return (quoted.isPresent() || DeviceAuthorizationName.DEFAULT.equals(client) ? quoted
                : lookup.apply(ConfigKeys.PREFIX + client + "." + member)).filter(value -> !value.isEmpty());
    }

    /** @return whether the client is switched off */
    public boolean isInactive() {
        return isFalse("active");
    }

    boolean isTrue(String member) {
        return isOneOf(member, TRUE);
    }

    boolean isFalse(String member) {
        return isOneOf(member, FALSE);
    }

    private boolean isOneOf(String member, Set<String> words) {
        return get(member).filter(text -> words.contains(text.strip().toLowerCase(Locale.ROOT))).isPresent();
    }

    /** @return what follows a group's key, such as {@code headers}, in the keys that are set */
    Set<String> below(String group) {
        String quoted = ConfigKeys.key(client, group) + ".";
        String plain = ConfigKeys.PREFIX + client + "." + group + ".";
        Set<String> found = new TreeSet<>();
        for (String name : names) {
            String prefix = name.startsWith(quoted) ? quoted : plain;
            if (name.startsWith(prefix)) {
                found.add(name.substring(prefix.length()).replace("\"", ""));
            }
        }
        return found;
    }
}
