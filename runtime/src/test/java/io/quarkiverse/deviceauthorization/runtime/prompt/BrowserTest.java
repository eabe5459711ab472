package io.quarkiverse.deviceauthorization.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.prompt.Prompt;

@DisplayName("The browser")
class BrowserTest {

    private static final Map<String, String> DESKTOP = Map.of("DISPLAY", ":0");

    private final List<List<String>> started = new ArrayList<>();

    private Browser browser(String system, Map<String, String> variables, Set<String> missing) {
        return new Browser(variables::get, system, command -> {
            if (missing.contains(command.get(0))) {
                throw new IOException("No such file");
            }
            started.add(command);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Linux      | xdg-open
            FreeBSD    | xdg-open
            Mac OS X   | open
            Windows 11 | rundll32,url.dll,FileProtocolHandler
            """)
    @DisplayName("is asked by the command of the platform, with the address as one argument")
    void opens(String system, String command) {
        Optional<String> problem = browser(system, DESKTOP, Set.of())
                .open(URI.create("https://login.example.com/a?user_code=A%20B&x='$(id)';y"));

        assertThat(problem).isEmpty();
        assertThat(started).singleElement().satisfies(words -> assertThat(String.join(",", words))
                .isEqualTo(command + ",https://login.example.com/a?user_code=A%20B&x='$(id)';y"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://login.example.com/", "file:///etc/passwd", "javascript:alert(1)",
            "ssh://login.example.com",
            "https:///nowhere", "mailto:alice@example.com", "/relative", "data:text/html,x" })
    @DisplayName("sees nothing but https, or what is on this machine")
    void opensOnlyWhatIsSafe(String page) {
        assertThat(browser("Linux", DESKTOP, Set.of()).open(URI.create(page)))
                .hasValue("its address is neither https nor on this machine");
        assertThat(started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost:8080/activate", "http://127.0.0.1:8080/", "http://[::1]/" })
    @DisplayName("sees pages on this machine, for development")
    void opensLoopback(String page) {
        assertThat(browser("Linux", DESKTOP, Set.of()).open(URI.create(page))).isEmpty();
        assertThat(started).containsExactly(List.of("xdg-open", page));
    }

    @Test
    @DisplayName("is not asked where there is no display: one in the terminal would take that over")
    void noDisplay() {
        assertThat(browser("Linux", Map.of("DISPLAY", ""), Set.of()).open(URI.create(Samples.PAGE)))
                .hasValueSatisfying(why -> assertThat(why).contains("no display", "WAYLAND_DISPLAY"));
        assertThat(started).isEmpty();
    }

    @Test
    @DisplayName("of Windows is asked from the Linux in it, and that of Linux where it isn't there")
    void windowsSubsystem() {
        Map<String, String> variables = Map.of("WSL_DISTRO_NAME", "Debian", "WAYLAND_DISPLAY", "wayland-0");
        browser("Linux", variables, Set.of()).open(URI.create(Samples.PAGE));
        browser("Linux", variables, Set.of("wslview")).open(URI.create(Samples.PAGE));

        assertThat(started).containsExactly(List.of("wslview", Samples.PAGE), List.of("xdg-open", Samples.PAGE));
        assertThat(browser("Linux", variables, Set.of("wslview", "xdg-open")).open(URI.create(Samples.PAGE)))
                .hasValue("none of these commands is there: wslview, xdg-open");
    }

    @Test
    @DisplayName("gets the page with the code, after the prompt, which stays when there is no browser")
    void besideAPrompt() {
        List<String> order = new ArrayList<>();
        Prompt prompt = new BrowserPrompt(pending -> order.add("prompt"), browser("Linux", DESKTOP, Set.of()));
        prompt.show(Samples.flow(Instant.EPOCH));
        List<String> entries = PromptLog.of(() -> new BrowserPrompt(pending -> order.add("prompt again"),
                browser("Linux", Map.of(), Set.of())).show(Samples.flow(Instant.EPOCH)));

        assertThat(order).containsExactly("prompt", "prompt again");
        assertThat(started).containsExactly(List.of("xdg-open", Samples.COMPLETE));
        assertThat(entries).containsExactly("INFO No browser was opened, since there is no display"
                + " (DISPLAY and WAYLAND_DISPLAY are not set). Open the page yourself, on any device");
    }
}
