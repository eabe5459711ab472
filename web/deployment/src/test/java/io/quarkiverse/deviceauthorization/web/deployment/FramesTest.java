package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("A page that others may show in a frame")
class FramesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideRuntimeConfigKey("quarkus.device-authorization-web.frame-ancestors",
                    "self,https://www.example.com,https://*.example.org:8443");

    @TestHTTPResource("sign-in")
    String page;

    @Test
    @DisplayName("names them, and has a cookie that browsers send there")
    void framed() {
        Answer answer = new Browser(page).open();

        assertThat(Browser.words(answer.header("Content-Security-Policy")))
                .contains("frame-ancestors 'self' https://www.example.com https://*.example.org:8443");
        assertThat(answer.header("X-Frame-Options")).isEmpty();
        assertThat(answer.header("Set-Cookie")).endsWith("; Path=/; HttpOnly; Secure; SameSite=None; Partitioned");
    }
}
