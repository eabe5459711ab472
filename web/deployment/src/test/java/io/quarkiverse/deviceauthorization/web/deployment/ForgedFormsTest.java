package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("A form that our page has not sent")
class ForgedFormsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.log.category.\"io.quarkiverse.deviceauthorization.web\".level", "DEBUG")
            .setLogRecordPredicate(entry -> entry.getLoggerName().endsWith(".OwnForms"))
            .assertLogRecords(entries -> assertThat(entries)
                    .extracting(entry -> ExtLogRecord.wrap(entry).getFormattedMessage()).containsOnly(
                            "A form is refused: the browser says that another site has sent it. Behind a proxy, check that"
                                    + " quarkus.http.proxy lets the application know its own host name",
                            "A form is refused: its token is that of another browser, or of before",
                            "A form is refused: the browser has no cookie of this page"));

    @TestHTTPResource("sign-in")
    String page;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    private Browser browser;
    private int started;

    @BeforeEach
    void open() {
        browser = new Browser(page);
        browser.open();
        started = Browser.started(server);
    }

    @AfterEach
    void nothing() {
        assertThat(Browser.started(server)).as("sign-ins that were started").isEqualTo(started);
    }

    private void assertRefused() {
        Answer answer = browser.press("/start");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("This page was too old, or your browser refuses cookies");
        assertThat(answer.state()).isEqualTo("none");
    }

    @Test
    @DisplayName("starts nothing without the cookie")
    void cookie() {
        browser.cookie(null);
        assertRefused();
    }

    @Test
    @DisplayName("starts nothing without the token")
    void noToken() {
        assertThat(browser.post("/start", Map.of()).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("starts nothing with the token of another browser")
    void othersToken() {
        Browser other = new Browser(page);
        other.open();
        browser.token(other.token());
        assertRefused();
    }

    @Test
    @DisplayName("starts nothing when the browser says that it comes from elsewhere")
    void site() {
        for (String site : new String[] { "cross-site", "same-site", "none" }) {
            browser.with("Sec-Fetch-Site", site);
            assertRefused();
        }
    }

    @Test
    @DisplayName("starts nothing when it comes from another origin, and the browser is old")
    void origin() {
        for (String origin : new String[] { "https://evil.example", "null", "::",
                "http://localhost:" + (URI.create(page).getPort() + 1) }) {
            browser.with("Origin", origin);
            assertRefused();
        }
    }

    @Test
    @DisplayName("starts nothing in another format")
    void format() {
        assertThat(browser.send(browser.request("/start").header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("token=" + browser.token()))).status()).isEqualTo(415);
        assertThat(browser.send(browser.request("/start").POST(BodyPublishers.ofString("token=" + browser.token())))
                .status()).isEqualTo(415);
    }

    @Test
    @DisplayName("cancels nothing")
    void cancels() {
        Answer pending = browser.start();
        started++;
        browser.with("Sec-Fetch-Site", "cross-site").press("/cancel");

        assertThat(browser.without("Sec-Fetch-Site").open().code()).isEqualTo(pending.code());
    }

    @Test
    @DisplayName("is one of ours when the browser says so")
    void own() {
        browser.with("Sec-Fetch-Site", "same-origin").with("Origin", "http://" + URI.create(page).getAuthority());
        assertThat(browser.press("/start").state()).isEqualTo("waiting");
        started++;
        assertThat(browser.without("Sec-Fetch-Site").press("/cancel").state()).isEqualTo("cancelled");
    }
}
