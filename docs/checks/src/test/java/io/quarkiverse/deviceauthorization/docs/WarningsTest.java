package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is logged as a warning or an error")
class WarningsTest {

    /** Calls that may log one; at which level is not always known before they are made. */
    private static final Pattern CALL = Pattern
            .compile("(?s)\\b(?:LOG|Logger\\.getLogger\\([^)]*\\))\\s*\\.(?:warnf?|errorf?|fatalf?|logf?)\\((.*?)\\);\\s*\\n");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String PLACE = "%[sdSn]";

    /** Tests that read messages need not repeat how they go on. */
    private static final String MARKS = "^[\\s:.,;']+|[\\s:.,;']+$";

    @Test
    @DisplayName("is what some test expects, or what a page tells of, in its own words")
    void shown() {
        String shown = sources("test").map(WarningsTest::joined).collect(Collectors.joining("\n"))
                + Page.all().stream().map(Page::text).collect(Collectors.joining("\n"));
        Map<String, String> warnings = new TreeMap<>();
        for (Path module : modules("main")) {
            for (Path file : Project.allFiles(module, ".java")) {
                words(joined(Project.read(file))).forEach(words -> warnings.put(words, file.getFileName().toString()));
            }
        }
        assertThat(warnings).hasSizeGreaterThan(20).containsKey("that other processes have left are not found");
        assertThat(warnings.entrySet()).as("words that are in no test and on no page, and where they are logged")
                .filteredOn(warning -> !shown.contains(warning.getKey())).isEmpty();
    }

    @Test
    @DisplayName("is found wherever its text is put together")
    void found() {
        assertThat(words(joined("""
                    LOG.warnf("%s: tokens of %s (that is"
                            + " all); are lost: %s", one, two);
                    LOG.debug("nobody need know");
                    LOG.error(problem.getMessage());
                    run(() -> Logger.getLogger(Here.class).log(Level.WARNING, "It is \\"odd\\"."));
                """))).containsExactly("(that is all); are lost", "It is \\\"odd\\\"");
    }

    /** @return of each call the longest piece of its text that is always the same */
    private static List<String> words(String source) {
        List<String> all = new ArrayList<>();
        CALL.matcher(source).results().map(WarningsTest::longest).flatMap(Optional::stream).forEach(all::add);
        return all;
    }

    private static Optional<String> longest(MatchResult call) {
        return TEXT.matcher(call.group(1)).results().flatMap(text -> Stream.of(text.group(1).split(PLACE)))
                .map(piece -> piece.replaceAll(MARKS, "")).filter(piece -> !piece.isEmpty())
                .max(Comparator.comparing(String::length));
    }

    /** @return with texts in one piece that are written in several */
    private static String joined(String source) {
        return source.replaceAll("\"\\s*\\+\\s*\"", "");
    }

    private static Stream<String> sources(String kind) {
        return modules(kind).stream().flatMap(module -> Project.allFiles(module, ".java").stream()).map(Project::read);
    }

    /** @return the sources of all modules that are published */
    private static List<Path> modules(String kind) {
        return Stream.of("dev-server", "runtime", "runtime-dev", "deployment", "redis/runtime", "redis/deployment",
                "web/runtime", "web/deployment").map(Project.ROOT::resolve)
                .map(module -> module.resolve("src/" + kind + "/java"))
                .filter(Files::isDirectory).toList();
    }
}
