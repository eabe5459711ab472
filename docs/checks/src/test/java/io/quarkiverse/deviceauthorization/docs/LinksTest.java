package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Links")
class LinksTest {

    private static final Pattern REFERENCE = Pattern.compile("<<([\\w-]+)[,>]|xref:([\\w-]+\\.adoc)?(?:#([\\w-]+))?\\[");
    private static final Pattern ANCHOR = Pattern.compile("\\[\\[([^],]+)]]|\\[#([\\w-]+)");
    private static final Pattern IMAGE = Pattern.compile("image::?([^\\[\\s]+)\\[([^]]*)]");
    private static final Pattern TARGET = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");

    static List<Page> pages() {
        return Page.all();
    }

    static List<Path> builtPages() {
        List<Path> pages = Project.files(Project.BUILT, ".html");
        assertThat(pages).as("built pages: mvn package -pl docs -am -DskipTests makes them").hasSameSizeAs(Page.all());
        return pages;
    }

    static Stream<Path> markdown() {
        return Project.files(Project.ROOT, ".md").stream();
    }

    @ParameterizedTest
    @DisplayName("of a page go to pages that there are, and to anchors that have a name, whatever Antora makes of a title")
    @MethodSource("pages")
    void referencesAreExplicit(Page page) {
        assertThat(page.lines()).as("links on %s whose text would be the name of a file", page)
                .noneMatch(line -> line.matches(".*xref:[^\\[]*\\[].*"));
        Matcher reference = REFERENCE.matcher(page.text());
        while (reference.find()) {
            Path target = Project.PAGES.resolve(reference.group(2) == null ? page.name() : reference.group(2));
            assertThat(target).as("%s in %s", reference.group(), page).exists();
            String anchor = reference.group(1) != null ? reference.group(1) : reference.group(3);
            if (anchor != null) {
                assertThat(anchors(Page.of(target))).as("%s in %s", reference.group(), page).contains(anchor);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("of a page to images: these are there, and have a text for those who don't see them")
    @MethodSource("pages")
    void imagesAreThere(Page page) {
        Matcher image = IMAGE.matcher(page.text());
        while (image.find()) {
            assertThat(Project.MODULE.resolve("assets/images").resolve(image.group(1))).exists();
            assertThat(image.group(2)).as("text of %s in %s", image.group(1), page).hasSizeGreaterThan(20);
        }
    }

    @ParameterizedTest
    @DisplayName("of a built page that stay in the documentation go somewhere")
    @MethodSource("builtPages")
    void builtLinksResolve(Path page) {
        Matcher link = TARGET.matcher(Project.read(page));
        while (link.find()) {
            String target = link.group(1);
            if (target.startsWith("https://") || target.startsWith("http://localhost") || target.startsWith("data:")) {
                continue;
            }
            assertThat(target).as("link on %s", page.getFileName()).doesNotContain(":", "{");
            String file = target.replaceAll("#.*", "");
            Path there = file.isEmpty() ? page : page.resolveSibling(file).normalize();
            assertThat(there).as("target of %s on %s", target, page.getFileName()).exists();
            if (target.contains("#") && !target.endsWith("#")) {
                assertThat(ids(there)).as("target of %s on %s", target, page.getFileName())
                        .contains(target.substring(target.indexOf('#') + 1));
            }
        }
    }

    @ParameterizedTest
    @DisplayName("of a Markdown file go to files that there are, and to anchors in them")
    @MethodSource("markdown")
    void markdownLinksResolve(Path file) {
        for (String link : Markdown.of(file).links()) {
            if (link.startsWith("https://") || link.startsWith("mailto:")) {
                continue;
            }
            String target = link.replaceAll("#.*", "");
            Path there = target.isEmpty() ? file : file.resolveSibling(target);
            assertThat(there).as("%s in %s", link, file.getFileName()).exists();
            if (link.contains("#")) {
                String anchor = link.substring(link.indexOf('#') + 1);
                Set<String> known = there.toString().endsWith(".adoc") ? anchors(Page.of(there)) : Markdown.of(there).anchors();
                assertThat(known).as("%s in %s", link, file.getFileName()).contains(anchor);
            }
        }
    }

    private static Set<String> anchors(Page page) {
        return found(ANCHOR, page.whole());
    }

    private static Set<String> ids(Path built) {
        return Files.isRegularFile(built) ? found(ID, Project.read(built)) : Set.of();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return found;
    }
}
