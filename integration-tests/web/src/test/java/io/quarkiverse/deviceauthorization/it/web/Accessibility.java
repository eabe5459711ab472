package io.quarkiverse.deviceauthorization.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.microsoft.playwright.Page;

/** What axe finds that keeps people with disabilities from using a page (WCAG 2.2 AA, and good practice). */
final class Accessibility {

    private static final String AXE = script();

    private Accessibility() {
    }

    private static String script() {
        try (InputStream script = Accessibility.class.getClassLoader().getResourceAsStream("axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static void check(Page page) {
        page.evaluate(AXE);
        List<String> violations = (List<String>) page.evaluate("""
                async () => (await axe.run()).violations.flatMap(violation =>
                    violation.nodes.map(node => violation.id + ' (' + violation.impact + '): ' + node.html + ' '
                        + node.failureSummary))
                """);
        assertThat(violations).as("what axe finds on %s", page.url()).isEmpty();
    }
}
