package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("Whoever presses the button all the time")
class LimitsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideRuntimeConfigKey("quarkus.device-authorization.polling.max-pending", "3")
            .overrideRuntimeConfigKey("quarkus.device-authorization-web.max-starts-per-minute", "4");

    @TestHTTPResource("sign-in")
    String page;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Test
    @DisplayName("is told to wait, whatever browsers that one pretends to have, and the server hears of nothing")
    void limited() {
        new Browser(page).open(); // what is slow the first time: a quarter of a minute later, one more may start
        for (int i = 0; i < 3; i++) {
            assertThat(new Browser(page).start().state()).isEqualTo("waiting");
        }
        Answer busy = new Browser(page).start();
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.header("Retry-After")).isEqualTo("60");
        assertThat(busy.text()).contains("Many people are signing in just now. Please try again in some minutes.");

        Answer limited = new Browser(page).start();
        assertThat(limited.status()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 15);
        assertThat(limited.text()).contains("Please try again in a minute");
        assertThat(limited.body()).as("addresses that are right here").contains("href=\"../sign-in/style.css\"")
                .contains("action=\"../sign-in/start\"");
        assertThat(Browser.started(server)).isEqualTo(3);
    }
}
