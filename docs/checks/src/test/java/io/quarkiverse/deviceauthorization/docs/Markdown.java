package io.quarkiverse.deviceauthorization.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the Markdown files in the root of the repository, as far as the tests have to read it.
 *
 * @param file the file
 * @param lines its lines
 */
record Markdown(Path file, List<String> lines) {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)[^)]*\\)|(?:src|srcset|href)=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("#+ (.*)");

    /** A listing of a language. */
    record Block(String language, String text) {
    }

    static Markdown of(Path file) {
        return new Markdown(file, Project.lines(file));
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String language = null;
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (language == null && line.startsWith("```")) {
                language = line.substring(3).strip();
            } else if (line.equals("```")) {
                blocks.add(new Block(language, text.toString()));
                language = null;
                text.setLength(0);
            } else if (language != null) {
                text.append(line).append('\n');
            }
        }
        return blocks;
    }

    /** @return what it links to and which images it shows */
    Set<String> links() {
        Set<String> links = new LinkedHashSet<>();
        for (String line : lines) {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                links.add(link.group(1) != null ? link.group(1) : link.group(2));
            }
        }
        return links;
    }

    /** @return the anchors of its headings, as GitHub makes them */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        for (String line : lines) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                anchors.add(heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
            }
        }
        return anchors;
    }
}
