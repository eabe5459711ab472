package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Keys that come at run time and are misspelt stop the start, with the keys that were meant")
class MisspeltAtStartTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideRuntimeConfigKey("quarkus.device-authorization.auth-server-url", "https://login.example.com")
            .overrideConfigKey("quarkus.device-authorization.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.device-authorization.client-di", "app")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.provider", "yoto")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.client-id", "app")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.scope", "openid")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.proxy-configuration-name", "office")
            .assertException(MisspeltAtStartTest::check);

    private static void check(Throwable failure) {
        assertThat(failure)
                .hasStackTraceContaining("quarkus.device-authorization.client-di: is no key of this extension, and is"
                        + " not read. Did you mean quarkus.device-authorization.client-id ")
                .hasStackTraceContaining("quarkus.device-authorization.tv.scope: is no key of this extension, and is not read."
                        + " Did you mean quarkus.device-authorization.tv.scopes ")
                .hasStackTraceContaining("quarkus.device-authorization.client-id (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_CLIENT_ID): is missing")
                .hasStackTraceContaining("quarkus.device-authorization.tv.proxy-configuration-name (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_TV_PROXY_CONFIGURATION_NAME): there is no proxy configuration 'office'");
    }

    @Test
    void theStartFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
