package io.quarkiverse.deviceauthorization.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that there are: those of this extension as the generated reference lists them, those of others as they read them.
 */
final class KnownKeys {

    /** What all of our keys begin with. */
    static final String PREFIX = "quarkus.device-authorization";

    private static final Pattern LISTED = Pattern.compile("`\\+\\+\\+(" + PREFIX + "[^+]*)\\+\\+\\+`");
    private static final Pattern SEGMENT = Pattern.compile("\"([^\"]*)\"|[^.\"]+");
    private static final String ANY = "*";

    private static final List<List<String>> OWN = reference().stream().map(KnownKeys::segments).toList();
    private static final List<List<String>> ALL = ConfigRoots.keysOfAll().stream().map(KnownKeys::segments).toList();

    private KnownKeys() {
    }

    /**
     * @return the files that the build generates of the configuration, one for each extension; those of one prefix are parts
     */
    static List<Path> generated() {
        return Project.files(Project.INCLUDES, ".adoc").stream()
                .filter(file -> file.getFileName().toString().matches("quarkus-device-authorization[^_]*\\.adoc")).toList();
    }

    /** @return our keys, as the generated reference lists them; names that are free are in quotes */
    static Set<String> reference() {
        Set<String> keys = new TreeSet<>();
        for (Path file : generated()) {
            Matcher listed = LISTED.matcher(Project.read(file));
            while (listed.find()) {
                keys.add(listed.group(1));
            }
        }
        return keys;
    }

    /** @return whether it is a key */
    static boolean isKey(String key) {
        List<String> segments = segments(key);
        return known(key).stream().anyMatch(known -> known.size() == segments.size() && beginsWith(known, segments));
    }

    /** @return whether it is a key, or what several keys begin with */
    static boolean isKeyOrGroup(String key) {
        List<String> segments = segments(key);
        return known(key).stream().anyMatch(known -> known.size() >= segments.size() && beginsWith(known, segments));
    }

    /** @return whether it is a key of this extension or of one of its companions, without what all of theirs begin with */
    static boolean isShortKey(String key) {
        List<String> segments = new ArrayList<>(List.of("quarkus", ""));
        segments.addAll(segments(key));
        return OWN.stream().anyMatch(known -> {
            segments.set(1, known.get(1));
            return known.size() == segments.size() && beginsWith(known, segments);
        });
    }

    /** @return the first words of the keys of a client that go on, such as {@code tokens} */
    static Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        for (List<String> key : OWN) {
            if (key.size() > 3 && key.get(1).equals("device-authorization") && !key.get(2).equals(ANY)) {
                groups.add(key.get(2));
            }
        }
        return groups;
    }

    private static List<List<String>> known(String key) {
        return key.startsWith(PREFIX) ? OWN : ALL;
    }

    private static boolean beginsWith(List<String> known, List<String> key) {
        for (int index = 0; index < key.size(); index++) {
            String segment = key.get(index);
            if (!known.get(index).equals(ANY) && !known.get(index).equals(segment)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String key) {
        return SEGMENT.matcher(key.replaceAll("\\[[\\d*]*]$", "")).results()
                .map(segment -> segment.group(1) != null ? ANY : segment.group()).toList();
    }
}
