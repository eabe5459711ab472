package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("The sign-in page")
class SignInPageTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.device-authorization-web.max-starts-per-minute", "1000");

    @TestHTTPResource("sign-in")
    String page;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Inject
    DeviceAuthorization client;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = new Browser(page);
    }

    @Test
    @DisplayName("R6: starts nothing when it is opened, however often")
    void opened() {
        int before = Browser.started(server);
        Answer first = browser.open();
        browser.with("Sec-Purpose", "prefetch;prerender").open();
        browser.without("Sec-Purpose").get("/fragment");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.state()).isEqualTo("none");
        assertThat(first.text()).contains("Sign in").contains("with a code that is shown here");
        assertThat(Browser.started(server)).isEqualTo(before);
    }

    @Test
    @DisplayName("R10, R12: shows code, address and QR code when a person asks for them, and R11: never the device code")
    void started() {
        Answer pending = browser.start();

        assertThat(pending.state()).isEqualTo("waiting");
        PendingAuthorization flow = client.resume(flowId()).orElseThrow();
        assertThat(pending.code()).isEqualTo(flow.userCode());
        assertThat(pending.body()).contains("<strong class=\"uri\" translate=\"no\">" + flow.verificationUri() + "</strong>")
                .contains("aria-label=\"QR code that opens " + flow.verificationUri() + "\"><svg")
                .doesNotContain(flow.deviceCode().value()).doesNotContain(flow.id());
        assertThat(pending.text()).contains("Only approve if you started this yourself")
                .containsPattern("The code is good for [45] minutes").contains("I have approved").contains("Cancel");
    }

    @Test
    @DisplayName("shows that the person approved, and the tokens are there")
    void approved() {
        Answer pending = browser.start();
        Browser.decide(server, "approve", pending.code());

        assertThat(ended().state()).isEqualTo("approved");
        assertThat(browser.open().text()).contains("You are signed in").contains("Sign in again");
        assertThat(client.tokens().accessToken().value()).isNotBlank();
        client.logout();
        assertThat(browser.open().state()).as("after signing out").isEqualTo("none");
    }

    @Test
    @DisplayName("shows that the person said no, and lets them try again")
    void denied() {
        Browser.decide(server, "deny", browser.start().code());

        assertThat(ended().state()).isEqualTo("denied");
        assertThat(browser.open().text()).contains("Sign-in denied").contains("Get a new code");
        assertThat(browser.press("/start").state()).isEqualTo("waiting");
    }

    @Test
    @DisplayName("shows that the codes have expired, and starts nothing before a person asks for it")
    void expired() {
        Answer pending = browser.start();
        int before = Browser.started(server);
        Browser.decide(server, "expire", pending.code());

        assertThat(ended().state()).isEqualTo("expired");
        assertThat(browser.open().text()).contains("The code has expired").contains("Get a new code");
        assertThat(Browser.started(server)).isEqualTo(before);
        assertThat(browser.press("/start").code()).isNotEqualTo(pending.code());
    }

    @Test
    @DisplayName("cancels")
    void cancelled() {
        browser.start();
        Answer cancelled = browser.press("/cancel");

        assertThat(cancelled.state()).isEqualTo("cancelled");
        assertThat(cancelled.text()).contains("Sign-in cancelled").contains("Get a new code");
    }

    @Test
    @DisplayName("has one sign-in for each browser: a new one takes the place of the one before")
    void replaced() {
        browser.start();
        String first = browser.cookie();
        Browser other = new Browser(page);
        Answer others = other.start();
        Answer second = browser.press("/start");

        assertThat(second.state()).isEqualTo("waiting");
        Browser before = new Browser(page);
        before.cookie(first);
        assertThat(before.open().state()).isEqualTo("cancelled");
        assertThat(other.open().code()).as("that of somebody else").isEqualTo(others.code());
    }

    @Test
    @DisplayName("shows the same sign-in again in any tab, and to nobody without the cookie")
    void again() {
        Answer pending = browser.start();

        assertThat(browser.open().code()).isEqualTo(pending.code());
        assertThat(browser.get("/fragment").code()).isEqualTo(pending.code());
        assertThat(new Browser(page).open().state()).isEqualTo("none");
        Browser guessing = new Browser(page);
        guessing.cookie(browser.cookie().replaceAll("\\..*", ".AAAAAAAAAAAAAAAAAAAAAA"));
        assertThat(guessing.open().state()).isEqualTo("none");
        guessing.cookie("device-authorization=\"<script>\"");
        assertThat(guessing.open().state()).isEqualTo("none");
    }

    @Test
    @DisplayName("is the same with a slash at the end, and is not there in another case")
    void paths() {
        Answer slash = browser.get("/");

        assertThat(slash.status()).isEqualTo(308);
        assertThat(slash.response().uri().resolve(slash.header("Location"))).hasToString(page);
        assertThat(browser.get("/nothing").status()).isEqualTo(404);
    }

    private String flowId() {
        return browser.cookie().substring(browser.cookie().indexOf('.') + 1);
    }

    private Answer ended() {
        return await().atMost(Duration.ofSeconds(20)).until(browser::open, answer -> !answer.state().equals("waiting"));
    }
}
