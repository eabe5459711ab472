package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("An inactive client that is injected directly, with all Dev Services off")
class NoDevServicesAtAllTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.device-authorization.client-id", "app")
            .overrideConfigKey("quarkus.device-authorization.tv.active", "false")
            .assertException(failure -> assertThat(failure)
                    .hasMessageContaining("Configuration validation failed")
                    .hasStackTraceContaining("quarkus.device-authorization.auth-server-url (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_AUTH_SERVER_URL): is missing")
                    .hasStackTraceContaining("The device authorization client 'tv' is switched off by"
                            + " quarkus.device-authorization.tv.active=false. Set it to true to use it, or inject it through"
                            + " InjectableInstance"));

    @Test
    void theStartFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
