package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** @return whether somebody has set the key, but to nothing, or to an expression that comes to nothing */
    boolean isSetToNothing(String member) {
        return names.contains(key(member)) && get(member).isEmpty();
    }

    /** @return its value, unless that is an expression that can't be resolved yet */
    Optional<String> resolved(String member) {
        return get(member).filter(text -> !text.equals(UNRESOLVED));
    }

    /** @return whether the key is set, alone or as a list with an index; an expression that can't be resolved yet counts */
    boolean has(String member) {
        return get(member).isPresent() || get(member + "[0]").isPresent();
    }

    /** A list is one value with commas, or one value for each index. */
    List<String> list(String member) {
        List<String> all = new ArrayList<>();
        resolved(member).ifPresent(text -> all.addAll(Arrays.asList(text.split("(?<!\\\\),"))));
        for (int index = 0; resolved(member + "[" + index + "]").isPresent(); index++) {
            all.add(resolved(member + "[" + index + "]").get());
        }
        return all.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    /** @return whether a value or a part of a list is an expression that can't be resolved yet */
    boolean isUnresolved(String member) {
        return Stream.concat(Stream.of(member), IntStream.iterate(0, index -> index + 1)
                .mapToObj(index -> member + "[" + index + "]").takeWhile(this::has))
                .anyMatch(key -> get(key).filter(UNRESOLVED::equals).isPresent());
    }

    /** @return what is known of the provider: nothing where none is set; empty if it is not known, or not yet */
    Optional<Preset> preset() {
        Optional<String> text = get("provider");
        return text.isEmpty() ? Optional.of(Preset.none())
                : Arrays.stream(Provider.values()).filter(provider -> matches(text.get(), provider)).findFirst()
                        .map(Provider::preset);
    }

    /** @return whether a text stands for this value, in one of the spellings that Quarkus reads */
    static boolean matches(String text, Enum<?> value) {
        return spelling(value).equalsIgnoreCase(text.replace('_', '-'));
    }

    static String spelling(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
