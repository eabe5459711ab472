package io.quarkiverse.deviceauthorization.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, as far as the tests have to read it.
 *
 * @param name its file name
 * @param lines its lines
 */
record Page(String name, List<String> lines) {

    private static final Pattern SOURCE = Pattern.compile("\\[source(?:%[^,]+)?,\\s*([\\w-]+)(.*)]");
    private static final Pattern ROLE = Pattern.compile("role=\"?([\\w .-]+)\"?");
    private static final Pattern ATTRIBUTE = Pattern.compile(":([\\w-]+): (.*)");
    private static final String FENCE = "----";

    static List<Page> all() {
        return Project.files(Project.PAGES, ".adoc").stream().map(Page::of).toList();
    }

    static Page of(Path file) {
        return new Page(file.getFileName().toString(), Project.lines(file));
    }

    static Page named(String name) {
        return of(Project.PAGES.resolve(name));
    }

    /** @return the attributes that the build writes for all pages */
    static Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String line : Project.lines(Project.INCLUDES.resolve("attributes.adoc"))) {
            Matcher attribute = ATTRIBUTE.matcher(line);
            if (attribute.matches()) {
                attributes.put(attribute.group(1), attribute.group(2));
            }
        }
        return attributes;
    }

    String text() {
        return String.join("\n", lines);
    }

    /** @return its text with that of the files that it includes outside of listings */
    String whole() {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            Optional<Include> include = Include.of(line).filter(found -> !found.isExample());
            text.append(include.isPresent() ? String.join("\n", include.get().lines()) : line).append('\n');
        }
        return text.toString();
    }

    /** @return its listings that have a language, in their order */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Optional<Matcher> source = Optional.empty();
        Optional<String> title = Optional.empty();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            Matcher begin = SOURCE.matcher(line);
            if (begin.matches()) {
                source = Optional.of(begin);
            } else if (line.matches("\\.[^. ].*")) {
                title = Optional.of(line.substring(1));
            } else if (line.equals(FENCE)) {
                int end = index + 1;
                while (!lines.get(end).equals(FENCE)) {
                    end++;
                }
                if (source.isPresent()) {
                    blocks.add(block(index + 1, source.get(), title, lines.subList(index + 1, end)));
                }
                index = end;
                source = Optional.empty();
                title = Optional.empty();
            } else if (!line.startsWith("[")) {
                title = Optional.empty();
            }
        }
        return blocks;
    }

    private Block block(int line, Matcher source, Optional<String> title, List<String> text) {
        Matcher role = ROLE.matcher(source.group(2));
        Set<String> roles = role.find() ? new LinkedHashSet<>(Arrays.asList(role.group(1).strip().split(" "))) : Set.of();
        return new Block(name, line, source.group(1), roles, title, text, source.group(2).contains("subs=attributes+"));
    }

    @Override
    public String toString() {
        return name;
    }
}
