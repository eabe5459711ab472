package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The picture of a terminal")
class TerminalPictureTest {

    private static final String ESCAPE = "\u001B[";

    @Test
    @DisplayName("shows texts as texts, in their styles")
    void showsTexts() {
        TerminalLine line = TerminalLine.of("enter " + ESCAPE + "1;32mWDJB-MJHT" + ESCAPE + "0m now");

        assertThat(line.text()).isEqualTo("enter WDJB-MJHT now");
        assertThat(line.spans()).extracting(TerminalLine.Span::column).containsExactly(0, 6, 15);
        assertThat(line.spans()).extracting(TerminalLine.Span::bold).containsExactly(false, true, false);
        assertThat(svg(line)).contains(">enter</text>", "class=\"b\" style=\"fill:#7ee787\">WDJB-MJHT</text>");
    }

    @Test
    @DisplayName("shows half blocks as rectangles, dark and light as they are on the terminal")
    void showsBlocks() {
        TerminalLine line = TerminalLine.of(ESCAPE + "30;47m▀▄█ " + ESCAPE + "7mx");

        assertThat(svg(line)).contains("height=\"9\" fill=\"#3b4252\"", "height=\"18\" fill=\"#3b4252\"",
                "style=\"fill:#d8dee6\">x</text>").doesNotContain("▀");
        assertThat(line.words()).isEqualTo("x");
    }

    @Test
    @DisplayName("keeps a style on the next line, and what is painted and empty")
    void keepsStyles() {
        List<TerminalLine> lines = TerminalLine.all(List.of(ESCAPE + "30;47m▀ ", "▄  ", ESCAPE + "0m  "));

        assertThat(lines).extracting(TerminalLine::columns).containsExactly(2, 3, 0);
        assertThat(lines.get(1).spans()).extracting(TerminalLine.Span::background).containsExactly("#d8dee6");
        assertThat(lines.get(2).isEmpty()).isTrue();
    }

    @Test
    @DisplayName("is well-formed whatever is on it, and tells its text to those who don't see it")
    void isAccessible() {
        assertThat(svg(TerminalLine.of("a < b & c"))).contains("<title id=\"title\">A picture</title>",
                "<desc id=\"desc\">a &lt; b &amp; c</desc>", "role=\"img\"");
    }

    private static String svg(TerminalLine line) {
        return new TerminalPicture("A picture", List.of(line)).svg();
    }
}
