package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.web.deployment.Browser.Answer;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application with pages for two clients, below a root path")
class ClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Browser.class))
            .overrideConfigKey("quarkus.http.root-path", "/root")
            .overrideConfigKey("quarkus.device-authorization-web.path", "people/sign-in")
            .overrideConfigKey("quarkus.device-authorization-web.clients", "<default>,set-top.box")
            .overrideConfigKey("quarkus.device-authorization.\"set-top.box\".auth-server-url",
                    "${quarkus.device-authorization.auth-server-url}")
            .overrideConfigKey("quarkus.device-authorization.\"set-top.box\".client-id", "box");

    @TestHTTPResource("people/sign-in")
    String page;

    @Test
    @DisplayName("has them below the root path, each with a sign-in of its own, though nothing else uses the clients")
    void pages() {
        assertThat(page).endsWith("/root/people/sign-in");
        Browser browser = new Browser(page);
        Browser box = new Browser(page + "/set-top.box");
        Answer pending = browser.start();
        Answer pendingAtBox = box.start();

        assertThat(pending.state()).isEqualTo("waiting");
        assertThat(pendingAtBox.state()).isEqualTo("waiting");
        assertThat(box.cookie()).startsWith("device-authorization-set-top.box=");
        assertThat(browser.get("/fragment").body()).contains("action=\"/root/people/sign-in/cancel\"");
        assertThat(box.get("/fragment").body()).contains("action=\"/root/people/sign-in/set-top.box/cancel\"");
        assertThat(box.press("/cancel").state()).isEqualTo("cancelled");
        assertThat(browser.open().code()).isEqualTo(pending.code());
    }
}
