package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusProdModeTest;
import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A production build refuses plain HTTP, and missing keys where they are required")
class ProductionErrorTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideConfigKey("quarkus.device-authorization.require-at-build", "true")
            .overrideConfigKey("quarkus.device-authorization.client-id", "${CLIENT_ID_FROM_SOMEWHERE}")
            .overrideConfigKey("quarkus.device-authorization.auth-server-url", "http://login.example.com")
            .overrideConfigKey("quarkus.device-authorization.tv.auth-server-url", "http://localhost:8080")
            .assertBuildException(ProductionErrorTest::check);

    private static void check(Throwable failure) {
        assertThat(failure).hasStackTraceContaining("The configuration of device authorization is wrong:")
                .hasStackTraceContaining("quarkus.device-authorization.auth-server-url"
                        + " (in the environment QUARKUS_DEVICE_AUTHORIZATION_AUTH_SERVER_URL): 'http://login.example.com' would"
                        + " send credentials and tokens in the clear")
                .hasStackTraceContaining("quarkus.device-authorization.tv.client-id"
                        + " (in the environment QUARKUS_DEVICE_AUTHORIZATION_TV_CLIENT_ID): is missing");
    }

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
