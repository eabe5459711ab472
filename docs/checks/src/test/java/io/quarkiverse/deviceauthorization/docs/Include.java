package io.quarkiverse.deviceauthorization.docs;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that includes a file, or tagged regions of one.
 *
 * @param target what it names, with attributes
 * @param tags the tags, or {@code **} for the whole file without the lines that hold tags; empty for the file as it is
 * @param indent by how much its lines are indented, if it says so
 */
record Include(String target, List<String> tags, Optional<Integer> indent) {

    private static final Pattern LINE = Pattern.compile("include::([^\\[]+)\\[(.*)]");
    private static final Pattern TAGS = Pattern.compile("tags?=([^,\\]]+)");
    private static final Pattern INDENT = Pattern.compile("indent=(\\d+)");
    private static final Pattern TAG = Pattern.compile(".*\\b(tag|end)::([^\\[]+)\\[].*");
    private static final String ALL = "**";

    static Optional<Include> of(String line) {
        Matcher include = LINE.matcher(line);
        if (!include.matches()) {
            return Optional.empty();
        }
        Matcher tags = TAGS.matcher(include.group(2));
        Matcher indent = INDENT.matcher(include.group(2));
        return Optional.of(new Include(include.group(1), tags.find() ? List.of(tags.group(1).split(";")) : List.of(),
                indent.find() ? Optional.of(Integer.parseInt(indent.group(1))) : Optional.empty()));
    }

    /** @return the tag in a line of an example, if it begins one */
    static Optional<String> begun(String line) {
        Matcher tag = TAG.matcher(line);
        return tag.matches() && tag.group(1).equals("tag") ? Optional.of(tag.group(2)) : Optional.empty();
    }

    /** @return whether a line of an example begins or ends a tag */
    static boolean isTag(String line) {
        return TAG.matcher(line).matches();
    }

    boolean isExample() {
        return target.startsWith("{examples-dir}/");
    }

    Path file() {
        return isExample() ? Project.EXAMPLES.resolve(target.substring("{examples-dir}/".length()))
                : Project.PAGES.resolve(target).normalize();
    }

    /** @return the lines that it brings */
    List<String> lines() {
        List<String> all = Project.lines(file());
        return tags.isEmpty() ? all : indented(selected(all));
    }

    private List<String> selected(List<String> all) {
        List<String> selected = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>();
        for (String line : all) {
            Matcher tag = TAG.matcher(line);
            if (!tag.matches()) {
                if (!open.isEmpty() || tags.contains(ALL)) {
                    selected.add(line);
                }
            } else if (tags.contains(tag.group(2))) {
                if (tag.group(1).equals("tag")) {
                    open.push(tag.group(2));
                } else {
                    open.remove(tag.group(2));
                }
            }
        }
        return selected;
    }

    private List<String> indented(List<String> lines) {
        if (indent.isEmpty()) {
            return lines;
        }
        int least = lines.stream().filter(line -> !line.isBlank()).mapToInt(Include::indentation).min().orElse(0);
        return lines.stream().map(line -> line.isBlank() ? "" : " ".repeat(indent.get()) + line.substring(least)).toList();
    }

    private static int indentation(String line) {
        return line.length() - line.stripLeading().length();
    }
}
