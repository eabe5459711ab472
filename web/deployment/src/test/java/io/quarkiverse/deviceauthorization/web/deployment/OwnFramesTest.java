package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("A page that the same application shows in a frame, behind a proxy with TLS and a prefix")
class OwnFramesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.http.proxy.proxy-address-forwarding", "true")
            .overrideConfigKey("quarkus.http.proxy.enable-forwarded-host", "true")
            .overrideConfigKey("quarkus.http.proxy.enable-forwarded-prefix", "true")
            .overrideRuntimeConfigKey("quarkus.device-authorization-web.frame-ancestors", "self");

    @TestHTTPResource("sign-in")
    String page;

    @Test
    @DisplayName("has a cookie that only this host can set, and addresses that are right outside")
    void proxied() {
        Browser browser = new Browser(page).with("X-Forwarded-Proto", "https").with("X-Forwarded-Host", "tv.example.com")
                .with("X-Forwarded-Prefix", "/app").with("Origin", "https://tv.example.com");
        Answer answer = browser.open();

        assertThat(answer.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(Browser.words(answer.header("Content-Security-Policy"))).contains("frame-ancestors 'self'");
        assertThat(answer.header("Set-Cookie"))
                .matches("__Host-device-authorization=[\\w-]{22}; Path=/; HttpOnly; Secure; SameSite=Lax");
        assertThat(answer.body()).contains("href=\"sign-in/style.css\"").contains("action=\"sign-in/start\"");
        assertThat(browser.get("/fragment").body()).contains("action=\"/app/sign-in/start\"");
        assertThat(browser.post("/start", Map.of("token", browser.token())).header("Location"))
                .isEqualTo("../sign-in");
        assertThat(browser.with("Origin", "https://other.example.com").press("/cancel").status()).isEqualTo(403);
    }
}
