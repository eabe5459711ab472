package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.web.runtime.SignInPages;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application that switches the page off")
class DisabledTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.device-authorization-web.enabled", "false");

    @TestHTTPResource("sign-in")
    String page;

    @Test
    @DisplayName("has none")
    void nothing() {
        assertThat(new Browser(page).open().status()).isEqualTo(404);
        assertThat(Arc.container().select(SignInPages.class).isUnsatisfied()).isTrue();
        assertThat(Arc.container().select(ReactiveDeviceAuthorization.class).isResolvable()).isTrue();
    }
}
