package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("A kiosk that nobody can press a button at")
class AutoStartTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideRuntimeConfigKey("quarkus.device-authorization-web.auto-start", "true");

    @TestHTTPResource("sign-in")
    String page;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Test
    @DisplayName("shows a code as soon as the page is opened, and the same one when it is opened again")
    void opened() {
        Browser browser = new Browser(page);
        Answer pending = browser.open();

        assertThat(pending.status()).isEqualTo(200);
        assertThat(pending.state()).isEqualTo("waiting");
        assertThat(browser.open().code()).isEqualTo(pending.code());
        assertThat(new Browser(page).get("/fragment").state()).as("in a page of the application").isEqualTo("waiting");
    }

    @Test
    @DisplayName("R6: starts nothing again by itself when the codes have expired")
    void expired() {
        Browser browser = new Browser(page);
        Browser.decide(server, "expire", browser.open().code());
        await().atMost(Duration.ofSeconds(20)).until(browser::open, answer -> answer.state().equals("expired"));
        int before = Browser.started(server);

        assertThat(browser.open().state()).isEqualTo("expired");
        assertThat(browser.get("/fragment").state()).isEqualTo("expired");
        assertThat(Browser.started(server)).isEqualTo(before);
        assertThat(browser.press("/start").state()).isEqualTo("waiting");
    }

    @Test
    @DisplayName("starts nothing for what a browser fetches in advance, or another site makes it fetch")
    void prefetched() {
        int before = Browser.started(server);
        assertThat(new Browser(page).with("Sec-Purpose", "prefetch").open().state()).isEqualTo("none");
        assertThat(new Browser(page).with("Purpose", "prefetch").open().state()).isEqualTo("none");
        assertThat(new Browser(page).with("Sec-Fetch-Site", "cross-site").open().state()).isEqualTo("none");
        Browser head = new Browser(page);
        head.send(head.request("").method("HEAD", BodyPublishers.noBody()));
        assertThat(Browser.started(server)).isEqualTo(before);
    }

    @Test
    @DisplayName("fetches no other sign-in by its script when the one before is not known any more")
    void forgotten() {
        Browser browser = new Browser(page);
        browser.open();
        browser.cookie(browser.cookie().replaceAll("\\..*", ".AAAAAAAAAAAAAAAAAAAAAA"));
        int before = Browser.started(server);

        assertThat(browser.get("/fragment").state()).isEqualTo("none");
        assertThat(Browser.started(server)).isEqualTo(before);
        assertThat(browser.open().state()).as("the page, opened again").isEqualTo("waiting");
    }
}
