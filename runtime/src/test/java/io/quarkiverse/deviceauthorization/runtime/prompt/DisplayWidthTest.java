package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The width of a text on a terminal")
class DisplayWidthTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WDJB-MJHT | 9
            gerät     | 5
            gera\u0308t | 5
            漢字       | 4
            カナ       | 4
            한글       | 4
            ＡＢ       | 4
            😀         | 2
            ×…       | 2
            a\u200bb  | 2
            ''        | 0
            """)
    @DisplayName("is two columns for East Asian characters, and none for what combines with others")
    void isKnown(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WDJB     | 4 | WDJB
            WDJB     | 3 | WDJ
            漢字      | 3 | 漢
            gera\u0308t | 4 | gera\u0308
            😀😀     | 2 | 😀
            a        | 0 | ''
            """)
    @DisplayName("is never more than asked for, and no character is cut in two")
    void cuts(String text, int columns, String cut) {
        assertThat(DisplayWidth.cut(text, columns)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one two three                  | 13 | one two three
            one two three                  | 12 | one two/three
            one two three                  | 3  | one/two/three
            see https://login.example.com/ | 10 | see/https://login.example.com/
            漢字 漢字                       | 8  | 漢字/漢字
            漢字 漢字                       | 9  | 漢字 漢字
            """)
    @DisplayName("breaks sentences between words, and words never")
    void wraps(String text, int columns, String lines) {
        assertThat(DisplayWidth.wrap(text, columns)).isEqualTo(lines.replace('/', '\n').replace("https:\n\nlogin.example.com\n",
                "https://login.example.com/"));
    }
}
