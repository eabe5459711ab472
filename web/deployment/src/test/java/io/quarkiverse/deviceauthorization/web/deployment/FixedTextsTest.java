package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("A screen whose browser doesn't know what people speak")
class FixedTextsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideRuntimeConfigKey("quarkus.device-authorization-web.locale", "de-CH")
            .overrideRuntimeConfigKey("quarkus.device-authorization-web.title", "Grüezi!");

    @TestHTTPResource("sign-in")
    String page;

    @Test
    @DisplayName("has the language and the title that are configured")
    void fixed() {
        Browser browser = new Browser(page).with("Accept-Language", "en");
        Answer answer = browser.open();

        assertThat(answer.body()).contains("<html lang=\"de\">").contains("<title>Grüezi!</title>").contains(">Grüezi!</h1>");
        assertThat(browser.press("/start").body()).contains(">Grüezi!</h1>").contains("Ich habe zugestimmt");
        assertThat(browser.press("/cancel").body()).contains(">Anmeldung abgebrochen</h1>");
    }
}
