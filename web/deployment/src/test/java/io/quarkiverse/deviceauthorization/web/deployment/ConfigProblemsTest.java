package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application whose configuration of the page can't work")
class ConfigProblemsTest {

    private static final String PREFIX = "quarkus.device-authorization-web.";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideRuntimeConfigKey(PREFIX + "title", "a\u0007b")
            .overrideRuntimeConfigKey(PREFIX + "brand", "x\ty")
            .overrideRuntimeConfigKey(PREFIX + "stylesheet", "https://cdn.example/kiosk.css")
            .overrideRuntimeConfigKey(PREFIX + "locale", "deutsch!")
            .overrideRuntimeConfigKey(PREFIX + "success-path", "//evil.example/home")
            .overrideRuntimeConfigKey(PREFIX + "frame-ancestors", "self,*,https://www.example.com/path")
            .overrideRuntimeConfigKey(PREFIX + "cookie-name", "a=b")
            .overrideRuntimeConfigKey(PREFIX + "max-starts-per-minute", "0")
            .overrideRuntimeConfigKey(PREFIX + "max-connections", "-1")
            .overrideRuntimeConfigKey(PREFIX + "heartbeat", "0S")
            .overrideRuntimeConfigKey(PREFIX + "auto-strat", "true")
            .overrideRuntimeConfigKey(PREFIX + "link-verification-uri", "ture")
            .assertException(problem -> assertThat(problem)
                    .hasMessageContaining(key("title") + "this is no text that can be shown")
                    .hasMessageContaining(PREFIX + "auto-strat: is no key of this extension, and is not read. Did you mean "
                            + PREFIX + "auto-start ")
                    .hasMessageContaining(key("link-verification-uri") + "'ture' is neither true nor false. Write one of them")
                    .hasMessageContaining(key("brand") + "this is no text")
                    .hasMessageContaining(key("stylesheet") + "'https://cdn.example/kiosk.css' is no path on the same server."
                            + " Write for example /kiosk.css")
                    .hasMessageContaining(key("locale") + "'deutsch!' is no language. Write for example de")
                    .hasMessageContaining(key("success-path") + "'//evil.example/home' is no path on the same server")
                    .hasMessageContaining(key("frame-ancestors") + "'*' is neither self nor an origin")
                    .hasMessageContaining(key("frame-ancestors") + "'https://www.example.com/path' is neither")
                    .hasMessageContaining(key("cookie-name") + "'a=b' can't name a cookie")
                    .hasMessageContaining(key("max-starts-per-minute") + "nobody could sign in")
                    .hasMessageContaining(key("max-connections") + "-1 is less than none")
                    .hasMessageContaining(key("heartbeat") + "this is less than 100 milliseconds"));

    private static String key(String member) {
        return PREFIX + member + " (in the environment QUARKUS_DEVICE_AUTHORIZATION_WEB_"
                + member.toUpperCase(Locale.ROOT).replace('-', '_') + "): ";
    }

    @Test
    @DisplayName("doesn't start, and says everything that is wrong")
    void refused() {
        Assertions.fail("It has started");
    }
}
