package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The navigation")
class NavigationTest {

    private static final Pattern ENTRY = Pattern.compile("\\*+ (?:xref:([\\w-]+\\.adoc)\\[[^]]+]|[^\\[]+)");

    private final List<String> lines = Project.lines(Project.MODULE.resolve("nav.adoc"));

    @Test
    @DisplayName("lists every page once, and no other")
    void listsEveryPageOnce() {
        List<String> listed = lines.stream().map(ENTRY::matcher).filter(Matcher::matches).map(entry -> entry.group(1))
                .filter(page -> page != null).toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(Page.all().stream().map(Page::name).toList());
    }

    @Test
    @DisplayName("holds nothing but its entries")
    void holdsEntries() {
        assertThat(lines).allMatch(line -> ENTRY.matcher(line).matches() || line.isBlank() || line.startsWith("//"));
    }
}
