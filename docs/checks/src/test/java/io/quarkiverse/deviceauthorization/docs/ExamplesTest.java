package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

import com.fasterxml.jackson.databind.ObjectMapper;

@DisplayName("The examples on the pages")
class ExamplesTest {

    private static final Set<String> LANGUAGES = Set.of("java", "properties", "xml", "json", "yaml", "bash", "text", "html",
            "css", "javascript");

    static Stream<Block> blocks() {
        return Page.all().stream().flatMap(page -> page.blocks().stream());
    }

    static Stream<Block> javaBlocks() {
        return blocks().filter(block -> block.language().equals("java"));
    }

    static Stream<Block> xmlBlocks() {
        return blocks().filter(block -> block.language().equals("xml"));
    }

    static Stream<Block> jsonBlocks() {
        return blocks().filter(block -> block.language().equals("json"));
    }

    static Stream<Block> pageBlocks() {
        return blocks().filter(block -> Set.of("html", "css", "javascript").contains(block.language()));
    }

    @ParameterizedTest
    @DisplayName("have one of the languages that pages have, by one name for each")
    @MethodSource("blocks")
    void languageIsKnown(Block block) {
        assertThat(LANGUAGES).contains(block.language());
    }

    @ParameterizedTest
    @DisplayName("come from files, where they come from files, that have the tags that are asked for")
    @MethodSource("blocks")
    void includesAreThere(Block block) {
        for (Include include : block.includes()) {
            assertThat(include.file()).as("included by %s", block).exists();
            for (String tag : include.tags()) {
                assertThat(new Include(include.target(), List.of(tag), include.indent()).lines())
                        .as("%s in %s, included by %s", tag, include.target(), block).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @DisplayName("in Java are compiled: they are included from the sources of the documentation's application")
    @MethodSource("javaBlocks")
    void javaIsCompiled(Block block) {
        assertThat(block.own()).as("Java that nobody compiles, in %s. Move it to docs/modules/ROOT/examples", block).isEmpty();
        for (Include include : block.includes()) {
            assertThat(include.target()).startsWith("{examples-dir}/");
            assertThat(include.tags()).as("tags of %s in %s", include.target(), block).isNotEmpty();
            assertThat(Project.EXAMPLES.relativize(include.file()).getName(0)).as("folder of %s in %s", include.target(), block)
                    .isIn(Path.of("java"), Path.of("test"));
        }
    }

    @ParameterizedTest
    @DisplayName("of pages are those of the web sample, which is used in a browser")
    @MethodSource("pageBlocks")
    void pagesAreUsed(Block block) {
        assertThat(block.own()).as("what nobody uses, in %s. Move it to docs/modules/ROOT/examples/page", block).isEmpty();
        Path pages = Project.EXAMPLES.resolve("page");
        assertThat(block.includes()).allMatch(include -> include.file().getParent().equals(pages));
        assertThat(Project.read(Project.ROOT.resolve("integration-tests/web/pom.xml")))
                .contains("<directory>../../" + Project.ROOT.relativize(pages).toString().replace('\\', '/') + "</directory>");
    }

    @Test
    @DisplayName("are all on some page: no tag is left over")
    void tagsAreUsed() {
        Set<String> there = new LinkedHashSet<>();
        for (Path file : Project.allFiles(Project.EXAMPLES, "")) {
            String name = Project.EXAMPLES.relativize(file).toString().replace('\\', '/');
            Project.lines(file).stream().flatMap(line -> Include.begun(line).stream())
                    .forEach(tag -> there.add(name + "#" + tag));
        }
        Set<String> used = new LinkedHashSet<>();
        blocks().flatMap(block -> block.includes().stream()).filter(Include::isExample).forEach(include -> {
            String name = include.target().substring("{examples-dir}/".length());
            if (include.tags().contains("**")) {
                used.addAll(there.stream().filter(tag -> tag.startsWith(name + "#")).toList());
            }
            include.tags().forEach(tag -> used.add(name + "#" + tag));
        });
        assertThat(there).isNotEmpty();
        there.removeAll(used);
        assertThat(there).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("in XML are well-formed")
    @MethodSource("xmlBlocks")
    void xmlIsWellFormed(Block block) {
        assertThatCode(() -> DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader("<pom>" + block.text() + "</pom>")))).as("%s", block)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @DisplayName("in JSON are JSON")
    @MethodSource("jsonBlocks")
    void jsonIsWellFormed(Block block) {
        assertThatCode(() -> new ObjectMapper().readTree(block.text())).as("%s", block).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("in README.md are those of the pages")
    void readmeShowsThem() {
        List<Markdown.Block> blocks = Markdown.of(Project.ROOT.resolve("README.md")).blocks().stream()
                .filter(block -> Set.of("java", "properties").contains(block.language())).toList();
        assertThat(blocks).isNotEmpty();
        for (Markdown.Block block : blocks) {
            assertThat(Project.allFiles(Project.EXAMPLES, "." + block.language())).as("where README.md has%n%s", block.text())
                    .anyMatch(file -> compact(file).contains(compact(block.text().lines())));
        }
    }

    private static String compact(Path file) {
        return Files.exists(file) ? compact(Project.lines(file).stream().filter(line -> !Include.isTag(line))) : "";
    }

    private static String compact(Stream<String> lines) {
        StringBuilder text = new StringBuilder("\n");
        lines.map(line -> line.replaceAll("\\s*// <\\d+>$", "").strip()).filter(line -> !line.isEmpty())
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
