package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a page says that tests show")
class EvidenceTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final String SHOWN_BY = "|Shown by";

    @ParameterizedTest
    @DisplayName("is shown by tests that there are")
    @ValueSource(strings = { "threat-model.adoc", "faults.adoc" })
    void testsExist(String page) {
        assertThat(named(Page.named(page).text())).hasSizeGreaterThan(10).isSubsetOf(tests());
    }

    @ParameterizedTest
    @DisplayName("is shown in each row")
    @ValueSource(strings = { "threat-model.adoc", "faults.adoc" })
    void eachRowHasTests(String page) {
        List<String> rows = rows(Page.named(page));
        assertThat(rows).hasSizeGreaterThan(30).allSatisfy(row -> {
            assertThat(named(row.substring(row.lastIndexOf('|')))).as("tests in the last column of: %s", row).isNotEmpty();
            assertThat(row.chars().filter(character -> character == '|').count()).as("columns of: %s", row)
                    .isBetween(3L, 4L);
        });
    }

    @Test
    @DisplayName("is linked from SECURITY.md")
    void linked() {
        assertThat(Project.read(Project.ROOT.resolve("SECURITY.md"))).contains("(docs/modules/ROOT/pages/threat-model.adoc)");
    }

    /** @return the rows of the tables that say which tests show something */
    private static List<String> rows(Page page) {
        List<String> rows = new ArrayList<>();
        boolean within = false;
        for (String line : page.lines()) {
            if (line.endsWith(SHOWN_BY)) {
                within = true;
            } else if (line.equals("|===")) {
                within = false;
            } else if (within && line.startsWith("|")) {
                rows.add(line);
            }
        }
        return rows;
    }

    private static Set<String> named(String text) {
        Set<String> names = new TreeSet<>();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            names.add(named.group(1));
        }
        return names;
    }

    /** @return the names of all test classes, of whatever module */
    private static Set<String> tests() {
        Set<String> names = new TreeSet<>();
        try {
            Files.walkFileTree(Project.ROOT, new SimpleFileVisitor<>() {

                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = String.valueOf(directory.getFileName());
                    return name.equals("target") || name.equals("node_modules") || name.startsWith(".") && !directory.equals(
                            Project.ROOT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (file.toString().replace('\\', '/').contains("/src/test/java/") && name.endsWith(".java")) {
                        names.add(name.substring(0, name.length() - ".java".length()));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
