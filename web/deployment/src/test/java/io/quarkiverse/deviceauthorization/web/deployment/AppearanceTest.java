package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application that makes the page its own")
class AppearanceTest {

    private static final String PREFIX = "quarkus.device-authorization-web.";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class)
                    .addAsResource(new StringAsset("title=Se connecter\nbutton-start=Oui & <non>\n"),
                            "META-INF/device-authorization-web/fr.properties")
                    .addAsResource(new StringAsset("button-start=Let me in\n"),
                            "META-INF/device-authorization-web/en.properties"))
            .overrideRuntimeConfigKey(PREFIX + "brand", "Mum & <Dad>")
            .overrideRuntimeConfigKey(PREFIX + "stylesheet", "/kiosk.css?v=\"1\"")
            .overrideRuntimeConfigKey(PREFIX + "success-path", "/home?from=sign-in")
            .overrideRuntimeConfigKey(PREFIX + "link-verification-uri", "true")
            .overrideRuntimeConfigKey(PREFIX + "cookie-name", "kiosk");

    @TestHTTPResource("sign-in")
    String page;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = new Browser(page);
    }

    @Test
    @DisplayName("shows its name, as text")
    void brand() {
        assertThat(browser.open().body()).contains("<title>Sign in to Mum &amp; &lt;Dad&gt;</title>")
                .contains("tabindex=\"-1\">Sign in to Mum &amp; &lt;Dad&gt;</h1>").doesNotContain("<Dad>");
        assertThat(browser.cookie()).startsWith("kiosk=");
        browser.press("/start");
        assertThat(browser.press("/cancel").body()).as("above another heading")
                .contains("<p class=\"brand\">Mum &amp; &lt;Dad&gt;</p>")
                .contains("<title>Sign-in cancelled – Mum &amp; &lt;Dad&gt;</title>");
    }

    @Test
    @DisplayName("has its style sheet after ours")
    void stylesheet() {
        assertThat(browser.open().body()).containsSubsequence("<link rel=\"stylesheet\" href=\"sign-in/style.css\">",
                "<link rel=\"stylesheet\" href=\"/kiosk.css?v=&quot;1&quot;\">");
    }

    @Test
    @DisplayName("leads on to where it wants, once somebody is signed in, and not before")
    void successPath() {
        Answer pending = browser.start();
        assertThat(pending.body()).doesNotContain("/home").contains("<a class=\"uri\" href=\"" + server + "/activate\""
                + " target=\"_blank\" rel=\"noopener noreferrer\"");
        Browser.decide(server, "approve", pending.code());
        Answer approved = await().atMost(Duration.ofSeconds(20)).until(browser::open,
                answer -> answer.state().equals("approved"));
        assertThat(approved.body()).contains("href=\"/home?from=sign-in\" data-continue>Continue</a>");
    }

    @ParameterizedTest
    @DisplayName("speaks the language of the browser: ours, its own, or English")
    @CsvSource(delimiter = '|', textBlock = """
            de                       | de | Bei Mum &amp; &lt;Dad&gt; anmelden
            de-AT, en;q=0.7          | de | Bei Mum &amp; &lt;Dad&gt; anmelden
            ja, de;q=0.5, en;q=0.7   | en | Sign in to Mum
            xx-broken;;q=zz          | en | Sign in to Mum
            ../../etc/passwd         | en | Sign in to Mum
            fr-CA                    | fr | Oui &amp; &lt;non&gt;
            en-GB                    | en | Let me in
            de;q=0, *                | en | Let me in
            """)
    void languages(String accepted, String language, String text) {
        Answer answer = browser.with("Accept-Language", accepted).open();

        assertThat(answer.body()).contains("<html lang=\"" + language + "\">").contains(text);
        assertThat(answer.header("Content-Language")).isEqualTo(language);
    }

    @Test
    @DisplayName("says in English what it has not translated")
    void partly() {
        assertThat(browser.with("Accept-Language", "fr").open().text()).contains("with a code that is shown here");
    }

    @Test
    @DisplayName("includes the sign-in in a page of its own, with a heading of its level")
    void fragment() {
        browser.open();
        Answer fragment = browser.get("/fragment?heading=3");

        assertThat(fragment.body()).startsWith("<section class=\"device-authorization\"").contains("<h3 class=\"heading\"")
                .contains("action=\"/sign-in/start\"").doesNotContain("<html");
        assertThat(browser.get("/fragment").body()).contains("<h2 class=\"heading\"");
        assertThat(browser.get("/fragment?heading=%3Cscript%3E").body()).contains("<h2 class=\"heading\"");
        Answer started = browser.post("/start?heading=3", Map.of("token", browser.token(), "view", "fragment"));
        assertThat(started.status()).isEqualTo(200);
        assertThat(started.body()).startsWith("<section").contains("<h3").contains("href=\"/sign-in\"");
    }
}
