package io.quarkiverse.deviceauthorization.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A listing on a page.
 *
 * @param page the page's file name
 * @param line where it begins there
 * @param language its language
 * @param roles its roles
 * @param title its title: the name of the file that the reader shall make of it, if it is one
 * @param source its lines as they are on the page
 * @param attributes whether attributes are replaced in it
 */
record Block(String page, int line, String language, Set<String> roles, Optional<String> title, List<String> source,
        boolean attributes) {

    /** @return what it includes */
    List<Include> includes() {
        return source.stream().flatMap(line -> Include.of(line).stream()).toList();
    }

    /** @return the lines that stand on the page itself */
    List<String> own() {
        return source.stream().filter(line -> Include.of(line).isEmpty()).toList();
    }

    /** @return what a reader copies: with what it includes, and without callouts */
    String text() {
        List<String> lines = new ArrayList<>();
        for (String line : source) {
            Optional<Include> include = Include.of(line);
            lines.addAll(include.isPresent() ? include.get().lines() : List.of(line));
        }
        Map<String, String> values = attributes ? Page.attributes() : Map.of();
        return lines.stream().map(Block::withoutCallouts).map(line -> replaced(line, values))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String withoutCallouts(String line) {
        return line.replaceAll("\\s*(//|#|--)?\\s*(<(\\d+|\\.)>\\s*)+$", "");
    }

    private static String replaced(String line, Map<String, String> values) {
        String text = line;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        return text;
    }

    @Override
    public String toString() {
        return page + ":" + line + " [" + language + "]";
    }
}
