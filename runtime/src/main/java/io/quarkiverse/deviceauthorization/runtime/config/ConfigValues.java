package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

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

    /** All words that SmallRye Config reads as true; it reads any other as false, without a word. */
    private static final Set<String> TRUE = Set.of("true", "yes", "y", "on", "1", "ja", "j", "si", "sim", "oui");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "off", "0");

    /**
     * @param client the name of a client
     * @param written each key that somebody has set, of whomever, and its value, which is null where it is set to nothing
     * @return the configuration of the client
     */
    static ConfigValues of(String client, NavigableMap<String, String> written) {
        return new ConfigValues(client, new Function<>() { // a lambda would be linked at each start of an application

            @Override
            public Optional<String> apply(String key) {
                return Optional.ofNullable(written.get(key));
            }
        }, written.navigableKeySet());
    }

    /** @return the names in one pass: the iterable of the configuration can be used once only */
    public static NavigableSet<String> names(Iterable<String> names) {
        NavigableSet<String> all = new TreeSet<>();
        for (String name : names) {
            all.add(name);
        }
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
        Optional<String> value = lookup.apply(key(member));
        return value.isPresent() && value.get().isEmpty() ? Optional.empty() : value;
    }

    /** @return whether somebody has set the key, but to nothing, or to an expression that comes to nothing */
    boolean isSetToNothing(String member) {
        return names.contains(key(member)) && get(member).isEmpty();
    }

    /** @return its value, unless that is an expression that can't be resolved yet */
    Optional<String> resolved(String member) {
        Optional<String> value = get(member);
        return value.isPresent() && value.get().equals(UNRESOLVED) ? Optional.empty() : value;
    }

    /** @return whether the key is set, alone or as a list with an index; an expression that can't be resolved yet counts */
    boolean has(String member) {
        return get(member).isPresent() || get(member + "[0]").isPresent();
    }

    /** A list is one value with commas, or one value for each index. */
    List<String> list(String member) {
        List<String> all = new ArrayList<>();
        Optional<String> whole = resolved(member);
        if (whole.isPresent()) {
            for (String part : whole.get().split("(?<!\\\\),")) {
                addTo(all, part);
            }
        }
        for (int index = 0; resolved(member + "[" + index + "]").isPresent(); index++) {
            addTo(all, resolved(member + "[" + index + "]").get());
        }
        return all;
    }

    private static void addTo(List<String> all, String part) {
        String text = part.strip();
        if (!text.isEmpty()) {
            all.add(text);
        }
    }

    /** @return whether a value or a part of a list is an expression that can't be resolved yet */
    boolean isUnresolved(String member) {
        boolean unresolved = UNRESOLVED.equals(get(member).orElse(""));
        for (int index = 0; !unresolved && has(member + "[" + index + "]"); index++) {
            unresolved = UNRESOLVED.equals(get(member + "[" + index + "]").orElse(""));
        }
        return unresolved;
    }

    /** @return what is known of the provider: nothing where none is set; empty if it is not known, or not yet */
    Optional<Preset> preset() {
        Optional<String> text = get("provider");
        if (text.isEmpty()) {
            return Optional.of(Preset.none());
        }
        for (Provider provider : Provider.values()) {
            if (matches(text.get(), provider)) {
                return Optional.of(provider.preset());
            }
        }
        return Optional.empty();
    }

    /** @return whether a text stands for this value, in one of the spellings that Quarkus reads */
    static boolean matches(String text, Enum<?> value) {
        return spelling(value).equalsIgnoreCase(text.replace('_', '-'));
    }

    /** @return how the documentation writes this value: in small letters, with hyphens */
    public static String spelling(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of a map key in two spellings, SmallRye Config reads the one without quotes, and forgets the other without a word. */
    Set<String> unread() {
        return isUnquoted() ? below(ConfigKeys.key(client, "")) : Set.of();
    }

    /** @return whether the build has set this key, only to make the client's name known */
    boolean isDefault(String key) {
        return key.equals(ConfigKeys.key(client, "active")) && "true".equals(lookup.apply(key).orElse(""));
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
        return words.contains(word(get(member).orElse("")));
    }

    /** @return whether a text says true or false, and not something that would only be read as false */
    static boolean isFlag(String text) {
        return TRUE.contains(word(text)) || FALSE.contains(word(text));
    }

    private static String word(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** @return the keys that are set for this client, without what stands in front of them, in alphabetical order */
    public List<String> members() {
        String prefix = key("");
        List<String> members = new ArrayList<>();
        for (String name : below(prefix)) {
            members.add(name.substring(prefix.length()));
        }
        return members;
    }

    /** @return the names that are set in a group, such as {@code headers} */
    Set<String> namesIn(String group) {
        String prefix = key(group) + ".";
        Set<String> found = new TreeSet<>();
        for (String name : below(prefix)) {
            found.add(name.substring(prefix.length()).replace("\"", ""));
        }
        return found;
    }

    private Set<String> below(String prefix) {
        return names.subSet(prefix, prefix + Character.MAX_VALUE);
    }
}
