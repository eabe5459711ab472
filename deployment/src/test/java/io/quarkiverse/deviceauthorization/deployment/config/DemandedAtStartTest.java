package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("A provider that is chosen at run time makes its demands at the start")
class DemandedAtStartTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideConfigKey("quarkus.device-authorization.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.device-authorization.client-id", "app")
            .overrideRuntimeConfigKey("quarkus.device-authorization.provider", "trakt")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.client-id", "app")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.provider", "trakt")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.credentials.provider.name", "vault")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.credentials.jwt.key-id", "k1")
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("quarkus.device-authorization.credentials.secret (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_SECRET): is missing, and Trakt issues no tokens"
                            + " without it. Set it to the client secret of the application")
                    .hasStackTraceContaining("quarkus.device-authorization.tv.credentials.jwt.key-id (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_TV_CREDENTIALS_JWT_KEY_ID): says which private key it is, but there"
                            + " is none. Set quarkus.device-authorization.tv.credentials.jwt.key-file or another key, or remove"
                            + " it")
                    .satisfies(DemandedAtStartTest::noMore));

    private static void noMore(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertThat(cause.getMessage()).doesNotContain("tv.credentials.secret", "credentials.provider.key");
    }

    @Test
    void theStartFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
