package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Pictures")
class PicturesTest {

    private static final Path IMAGES = Project.MODULE.resolve("assets/images");
    private static final Pattern DESCRIPTION = Pattern.compile("<desc id=\"desc\">([^<]*)</desc>");

    /** @return the drawings that are shown on a page or in README.md: an icon needs no description */
    static List<Path> drawings() {
        String shown = Page.all().stream().map(Page::text).collect(Collectors.joining())
                + Project.read(Project.ROOT.resolve("README.md"));
        return Project.files(IMAGES, ".svg").stream().filter(file -> shown.contains(file.getFileName().toString())).toList();
    }

    @ParameterizedTest
    @DisplayName("that are drawn have a title and a description, and take nothing from elsewhere")
    @MethodSource("drawings")
    void drawingsAreAccessible(Path drawing) {
        assertThat(Project.read(drawing)).contains("role=\"img\"", "<title id=\"title\">", "<desc id=\"desc\">",
                "aria-labelledby=\"title desc\"").doesNotContain("<script", "xlink", "@import", "url(http");
    }

    @Test
    @DisplayName("of the terminal show what the getting-started page says that the program prints, which follow.sh has seen")
    void theTerminalIsUpToDate() {
        Matcher shown = DESCRIPTION.matcher(Project.read(IMAGES.resolve("prompt.svg")));
        assertThat(shown.find()).isTrue();
        Block prompt = Page.named("getting-started-cli.adoc").blocks().stream()
                .filter(block -> block.roles().contains("output")).findFirst().orElseThrow();

        Seen seen = new Seen();
        assertThat(prompt.text().lines().filter(line -> !line.isBlank()))
                .as("prompt.svg; docs/pictures.sh makes it again")
                .allMatch(line -> seen.matches(line.strip(), shown.group(1)));
    }
}
