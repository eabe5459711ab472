package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An injected client that lacks keys, without Dev Service")
class MissingKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideConfigKey("quarkus.device-authorization.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.device-authorization.\"tv\".client-id", "${CLIENT_ID_FROM_SOMEWHERE}")
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("quarkus.device-authorization.client-id (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_CLIENT_ID): is missing. Set it to the client id")
                    .hasStackTraceContaining("quarkus.device-authorization.auth-server-url (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_AUTH_SERVER_URL): is missing. Set it to the URL")
                    .hasStackTraceContaining("quarkus.device-authorization.\"tv\".client-id (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION__TV__CLIENT_ID): is missing. Set it to the client id")
                    .hasStackTraceContaining("quarkus.device-authorization.\"tv\".auth-server-url (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION__TV__AUTH_SERVER_URL): is missing. Set it to the URL"));

    @Test
    void theStartFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
