package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An application whose pages can't be where they are told to be")
class PathProblemsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.device-authorization-web.path", "/sign in/*")
            .overrideConfigKey("quarkus.device-authorization-web.clients", "<default>,events,set/top,tv,tv")
            .assertException(problem -> assertThat(problem)
                    .hasMessageContaining("quarkus.device-authorization-web.path (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_WEB_PATH): '/sign in/*' is no path of letters")
                    .hasMessageContaining("quarkus.device-authorization-web.clients (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_WEB_CLIENTS): the page of 'events' can't be at a path")
                    .hasMessageContaining("which is none of fragment, events, start, cancel, style.css, script.js")
                    .hasMessageContaining("the page of 'set/top' can't be")
                    .hasMessageContaining("a client is named twice"));

    @Test
    @DisplayName("is not built, and says everything that is wrong")
    void refused() {
        Assertions.fail("It has started");
    }
}
