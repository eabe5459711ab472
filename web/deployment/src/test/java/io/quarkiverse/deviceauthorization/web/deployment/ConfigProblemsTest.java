package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

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
            .assertException(problem -> assertThat(problem)
                    .hasMessageContaining(PREFIX + "title: this is no text that can be shown")
                    .hasMessageContaining(PREFIX + "brand: this is no text")
                    .hasMessageContaining(PREFIX + "stylesheet: 'https://cdn.example/kiosk.css' is no path on the same server."
                            + " Write for example /kiosk.css")
                    .hasMessageContaining(PREFIX + "locale: 'deutsch!' is no language. Write for example de")
                    .hasMessageContaining(PREFIX + "success-path: '//evil.example/home' is no path on the same server")
                    .hasMessageContaining(PREFIX + "frame-ancestors: '*' is neither self nor an origin")
                    .hasMessageContaining(PREFIX + "frame-ancestors: 'https://www.example.com/path' is neither")
                    .hasMessageContaining(PREFIX + "cookie-name: 'a=b' can't name a cookie")
                    .hasMessageContaining(PREFIX + "max-starts-per-minute: nobody could sign in")
                    .hasMessageContaining(PREFIX + "max-connections: -1 is less than none")
                    .hasMessageContaining(PREFIX + "heartbeat: this is less than 100 milliseconds"));

    @Test
    @DisplayName("doesn't start, and says everything that is wrong")
    void refused() {
        Assertions.fail("It has started");
    }
}
