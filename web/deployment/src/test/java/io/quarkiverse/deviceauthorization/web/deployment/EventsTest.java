package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("The events of the sign-in page")
class EventsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.http.enable-compression", "true")
            .overrideConfigKey("quarkus.device-authorization-web.heartbeat", "0.3S")
            .overrideConfigKey("quarkus.device-authorization-web.max-connections", "2");

    @TestHTTPResource("sign-in")
    String page;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = new Browser(page);
    }

    /** A flow that is still polled would get what the script has for the next one. */
    @AfterEach
    void cancel() {
        browser.without("Sec-Fetch-Site").press("/cancel");
    }

    @Test
    @DisplayName("tell how things are, at once and with a text, and end with the sign-in")
    void approved() {
        Answer pending = browser.start();
        try (Stream<String> events = browser.with("Accept-Encoding", "gzip").events()) {
            Iterator<String> lines = events.iterator();
            assertThat(next(lines, 4)).containsExactly("retry: 2000", "", "event: waiting",
                    "data: Waiting for you to approve …");
            Browser.decide(server, "approve", pending.code());

            assertThat(rest(lines)).containsExactly("event: approved", "data: You can put your other device away.");
        }
        try (Stream<String> again = browser.events()) {
            assertThat(rest(again.iterator())).as("for a browser that has missed it").contains("event: approved");
        }
    }

    @Test
    @DisplayName("tell that the person said no, in their language")
    void denied() {
        Browser.decide(server, "deny", browser.start().code());
        try (Stream<String> events = browser.with("Accept-Language", "de-CH,en;q=0.5").events()) {
            assertThat(rest(events.iterator())).endsWith("event: denied",
                    "data: Am anderen Gerät wurde die Zustimmung verweigert.");
        }
    }

    @Test
    @DisplayName("tell that the server can't be reached, that it can be again, and that it asks for patience")
    void troubles() {
        Answer pending = browser.start();
        try (Stream<String> events = browser.events()) {
            Iterator<String> lines = events.iterator();
            until(lines, "event: waiting");
            Browser.script(server, Map.of("action", "fail", "status", "503", "times", "1"));
            until(lines, "event: connection-lost");
            assertThat(lines.next()).isEqualTo("data: The sign-in service can't be reached at the moment. We keep trying.");
            until(lines, "event: waiting");
            Browser.script(server, Map.of("action", "slow_down"));
            until(lines, "event: slowed-down");
            Browser.decide(server, "approve", pending.code());
            assertThat(rest(lines)).containsSequence("event: approved", "data: You can put your other device away.")
                    .doesNotContain("event: waiting");
        }
    }

    @Test
    @DisplayName("go on with nothing when there is nothing, so that nobody takes the connection for dead")
    void heartbeat() {
        browser.start();
        try (Stream<String> events = browser.events()) {
            Iterator<String> lines = events.iterator();
            until(lines, ":");
            until(lines, ":");
        }
    }

    @Test
    @DisplayName("end the browser's asking when it has no sign-in")
    void none() {
        assertThat(browser.get("/events").status()).isEqualTo(204);
        browser.open();
        assertThat(browser.get("/events").status()).isEqualTo(204);
        browser.cookie(browser.cookie() + ".AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(browser.get("/events").status()).isEqualTo(204);
    }

    @Test
    @DisplayName("are not for other sites")
    void others() {
        browser.start();
        assertThat(browser.with("Sec-Fetch-Site", "cross-site").get("/events").status()).isEqualTo(403);
    }

    @Test
    @DisplayName("are told to as many pages at once as max-connections says")
    void limited() {
        browser.start();
        try (Stream<String> one = browser.events(); Stream<String> other = browser.events()) {
            Iterator<String> first = one.iterator();
            Iterator<String> second = other.iterator();
            until(first, "event: waiting");
            until(second, "event: waiting");

            Answer third = browser.get("/events");
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.header("Retry-After")).isEqualTo("60");
            browser.press("/cancel");
            assertThat(rest(first)).as("cancelled by another page").contains("event: cancelled");
            assertThat(rest(second)).contains("event: cancelled");
        }
        browser.press("/start");
        try (Stream<String> events = browser.events()) {
            assertThat(events.iterator().next()).as("when others have gone").isEqualTo("retry: 2000");
        }
    }

    private static List<String> next(Iterator<String> lines, int count) {
        return Stream.generate(lines::next).limit(count).toList();
    }

    /** @return what comes before that line; heartbeats tell that it is late */
    private static List<String> until(Iterator<String> lines, String wanted) {
        List<String> before = new ArrayList<>();
        for (String line = lines.next(); !line.equals(wanted); line = lines.next()) {
            before.add(line);
            assertThat(Collections.frequency(before, ":")).as("heartbeats while waiting for %s, after %s", wanted, before)
                    .isLessThan(200);
        }
        return before;
    }

    /** @return what comes until the end, without empty lines and heartbeats */
    private static List<String> rest(Iterator<String> lines) {
        Iterable<String> all = () -> lines;
        return StreamSupport.stream(all.spliterator(), false)
                .filter(line -> !line.isEmpty() && !line.equals(":")).toList();
    }
}
