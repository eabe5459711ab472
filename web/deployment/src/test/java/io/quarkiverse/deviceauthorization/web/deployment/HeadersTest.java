package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("Every answer of the sign-in page")
class HeadersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.http.enable-compression", "true");

    @TestHTTPResource("sign-in")
    String page;

    @ParameterizedTest
    @ValueSource(strings = { "", "/fragment", "/events", "/style.css", "/script.js", "/start", "/cancel" })
    @DisplayName("tells browsers to run what is ours only, in no frame, as what it is, and to tell others nothing")
    void headers(String part) {
        Answer answer = new Browser(page).get(part);

        assertThat(Browser.words(answer.header("Content-Security-Policy"))).containsExactly("default-src 'none'",
                "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
                "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cache-Control")).isEqualTo(part.contains(".") ? "no-cache" : "no-store");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/start", "/cancel" })
    @DisplayName("refuses to change anything by GET")
    void changes(String part) {
        Answer answer = new Browser(page).get(part);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @Test
    @DisplayName("refuses other methods, and knows HEAD")
    void methods() {
        Browser browser = new Browser(page);
        Answer head = browser.send(browser.request("").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        Answer delete = browser.send(browser.request("").DELETE());

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(delete.status()).isEqualTo(405);
        assertThat(delete.header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    @DisplayName("has a cookie that no script sees and no other site sends with a form")
    void cookie() {
        Answer first = new Browser(page).open();

        assertThat(first.header("Set-Cookie")).matches("device-authorization=[\\w-]{22}; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    @DisplayName("sends style sheet and script again only when they have changed")
    void assets() {
        Browser browser = new Browser(page);
        Answer script = browser.get("/script.js");

        assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(browser.get("/style.css").header("Content-Type")).isEqualTo("text/css; charset=utf-8");
        Answer again = browser.with("If-None-Match", script.header("ETag")).get("/script.js");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(browser.get("/style.css").status()).isEqualTo(200);
    }
}
