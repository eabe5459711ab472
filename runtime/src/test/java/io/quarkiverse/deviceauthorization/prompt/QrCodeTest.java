package io.quarkiverse.deviceauthorization.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@DisplayName("A QR code")
class QrCodeTest {

    private static final String URI = "https://login.example.com/activate?user_code=WDJB-MJHT";
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1H(\\d+)z");

    @ParameterizedTest
    @ValueSource(strings = { URI, "https://a.example/", "https://anmeldung.example/gerät?code=ÄÖ-漢字",
            "https://login.example.com/realms/a-house-with-a-rather-long-name/device?user_code=WDJB-MJHT&client=television" })
    @DisplayName("R12: holds the URI that it was made of")
    void canBeRead(String uri) {
        QrCode code = QrCode.of(uri);
        int all = code.size() + 2 * QrCode.QUIET_ZONE;

        assertThat(QrReader.read(all, all,
                (x, y) -> code.isDark(x - QrCode.QUIET_ZONE, y - QrCode.QUIET_ZONE) ? 0x000000 : 0xffffff)).isEqualTo(uri);
    }

    @Test
    @DisplayName("is as small as the text allows")
    void isSmall() {
        assertThat(QrCode.of("https://a.example/").size()).isEqualTo(25);
        assertThat(QrCode.of(URI).size()).isEqualTo(33);
    }

    @Test
    @DisplayName("is light all around")
    void isLightAround() {
        QrCode code = QrCode.of(URI);

        assertThat(code.isDark(0, 0)).isTrue();
        assertThat(code.isDark(-1, 0)).isFalse();
        assertThat(code.isDark(0, code.size())).isFalse();
    }

    @Test
    @DisplayName("says so when a text is too long for any")
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> QrCode.of("x".repeat(2954))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2953").hasMessageContaining("2954");
        assertThat(QrCode.of("x".repeat(2953)).size()).isEqualTo(177);
    }

    @Test
    @DisplayName("is an SVG of one path that can be read, with a quiet zone of four modules")
    void svgCanBeRead() throws Exception {
        Document svg = parse(QrCode.of(URI).svg());
        int all = QrCode.of(URI).size() + 8;
        boolean[][] dark = new boolean[all][all];
        Element path = (Element) svg.getElementsByTagName("path").item(0);
        String data = path.getAttribute("d");
        for (MatchResult run : (Iterable<MatchResult>) RUN.matcher(data).results()::iterator) {
            assertThat(run.group(4)).as("where the rectangle closes").isEqualTo(run.group(1));
            for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
                dark[Integer.parseInt(run.group(2))][Integer.parseInt(run.group(1)) + i] = true;
            }
        }

        assertThat(svg.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 " + all + " " + all);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(1);
        assertThat(RUN.matcher(data).replaceAll(Matcher.quoteReplacement(""))).as("what is no rectangle").isEmpty();
        assertThat(dark[3]).doesNotContain(true);
        assertThat(dark[all - 4]).doesNotContain(true);
        assertThat(QrReader.read(all, all, (x, y) -> dark[y][x] ? 0x000000 : 0xffffff)).isEqualTo(URI);
    }

    @Test
    @DisplayName("is an SVG that passes a strict content security policy, dark on light whatever the page looks like")
    void svgIsStrict() throws Exception {
        String svg = QrCode.of(URI).svg();

        assertThat(svg).doesNotContain("style", "<script", "href", "id=");
        Element background = (Element) parse(svg).getElementsByTagName("rect").item(0);
        assertThat(background.getAttribute("fill")).isEqualTo("#fff");
        assertThat(background.getAttribute("width")).isEqualTo("100%");
        assertThat(background.getAttribute("height")).isEqualTo("100%");
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
