package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys of one extension. Whatever else begins as they do is a mistake, or belongs to another version.
 */
public final class OwnKeys {

    /** Stands for any name, as that of a header. */
    static final String ANY = "*";

    private final String prefix;
    private final Set<String> ofClients;
    private final Set<String> others;
    private final List<List<String>> ofClientsWithNames;
    private final List<List<String>> othersWithNames;

    /**
     * @param prefix what all keys begin with, with the dot
     * @param ofClients the keys of each client, without what stands in front of them; {@code *} for any name
     * @param others the other keys, without the prefix
     */
    public OwnKeys(String prefix, Collection<String> ofClients, Collection<String> others) {
        this.prefix = prefix;
        this.ofClients = new HashSet<>(ofClients);
        this.others = new HashSet<>(others);
        this.ofClientsWithNames = withNames(ofClients);
        this.othersWithNames = withNames(others);
    }

    private static List<List<String>> withNames(Collection<String> keys) {
        List<List<String>> found = new ArrayList<>();
        for (String key : keys) {
            if (key.contains(ANY)) {
                found.add(segments(key));
            }
        }
        return found;
    }

    String prefix() {
        return prefix;
    }

    /** @return the keys of each client */
    Set<String> ofClients() {
        return ofClients;
    }

    Set<String> others() {
        return others;
    }

    /** @return whether it is a key, of whatever client */
    boolean contain(String member) {
        if (ofClients.contains(member) || others.contains(member)) {
            return true;
        }
        List<String> segments = segments(member);
        return isOfClient(segments) || matches(others, othersWithNames, segments) || segments.size() > 1
                && !ConfigKeys.RESERVED_NAMES.contains(segments.get(0)) && isOfClient(segments.subList(1, segments.size()));
    }

    /** @return whether it is a key of each client */
    boolean isOfClient(List<String> segments) {
        return matches(ofClients, ofClientsWithNames, segments);
    }

    private static boolean matches(Set<String> keys, List<List<String>> keysWithNames, List<String> segments) {
        if (keys.contains(String.join(".", segments))) {
            return true;
        }
        for (List<String> key : keysWithNames) {
            if (matches(key, segments)) {
                return true;
            }
        }
        return false;
    }

    /** A name at the end of a key may have dots in it without being in quotes. */
    private static boolean matches(List<String> key, List<String> segments) {
        int last = key.size() - 1;
        if (segments.size() < key.size() || segments.size() > key.size() && !key.get(last).equals(ANY)) {
            return false;
        }
        for (int index = 0; index <= last; index++) {
            if (!key.get(index).equals(ANY) && !key.get(index).equals(segments.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** @return what stands between the dots outside of quotes, without quotes and without the index of a list */
    static List<String> segments(String key) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        boolean quoted = false;
        for (int index = 0; index < key.length(); index++) {
            char character = key.charAt(index);
            if (character == '"') {
                quoted = !quoted;
            } else if (character == '.' && !quoted) {
                segments.add(withoutIndex(segment));
                segment.setLength(0);
            } else {
                segment.append(character);
            }
        }
        segments.add(withoutIndex(segment));
        return segments;
    }

    private static String withoutIndex(StringBuilder segment) {
        int bracket = segment.length() > 0 && segment.charAt(segment.length() - 1) == ']' ? segment.lastIndexOf("[") : -1;
        return bracket > 0 ? segment.substring(0, bracket) : segment.toString();
    }
}
