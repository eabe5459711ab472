package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.Locale;
import java.util.NavigableSet;
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
public record ConfigValues(String client, Function<String, Optional<String>> lookup, NavigableSet<String> names) {

    /** Stands for an expression that can't be resolved yet. */
    public static final String UNRESOLVED = "${}";

    private static final Set<String> TRUE = Set.of("true", "yes", "y", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "off", "0");

    /** @return the names in one pass: the iterable of the configuration can be used once only */
    public static NavigableSet<String> names(Iterable<String> names) {
        NavigableSet<String> all = new TreeSet<>();
        names.forEach(all::add);
        return all;
    }

    /**
     * @param member a key of the client, such as {@code client-id}
     * @return the whole key, with or without quotes around the client's name, as its other keys are written
     */
    public String key(String member) {
        return isUnquoted() ? unquoted() + member : ConfigKeys.key(client, member);
    }

    /**
     * An empty value is no value, as everywhere in Quarkus: it is how a value is taken back.
     *
     * @param member a key of the client, such as {@code client-id}
     * @return its value
     */
    public Optional<String> get(String member) {
        return lookup.apply(key(member)).filter(value -> !value.isEmpty());
    }

    /** Of a map key in two spellings, SmallRye Config reads the one without quotes, and forgets the other without a word. */
    Set<String> unread() {
        return isUnquoted() ? below(ConfigKeys.key(client, "")) : Set.of();
    }

    /** @return whether the build has set this key, only to make the client's name known */
    boolean isDefault(String key) {
        return key.equals(ConfigKeys.key(client, "active")) && lookup.apply(key).filter("true"::equals).isPresent();
    }

    private boolean isUnquoted() {
        return !DeviceAuthorizationName.DEFAULT.equals(client) && !client.contains(".") && !below(unquoted()).isEmpty();
    }

    private String unquoted() {
        return ConfigKeys.PREFIX + client + ".";
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

    /** @return the names that are set in a group, such as {@code headers} */
    Set<String> namesIn(String group) {
        String prefix = key(group) + ".";
        Set<String> found = new TreeSet<>();
        below(prefix).forEach(name -> found.add(name.substring(prefix.length()).replace("\"", "")));
        return found;
    }

    private Set<String> below(String prefix) {
        return names.subSet(prefix, prefix + Character.MAX_VALUE);
    }
}
