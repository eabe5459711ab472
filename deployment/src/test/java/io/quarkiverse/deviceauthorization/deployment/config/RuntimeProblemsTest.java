package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigValidationException;

@DisplayName("What comes at run time and is wrong fails the start, all of it at once")
class RuntimeProblemsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideRuntimeConfigKey("quarkus.device-authorization.auth-server-url", "login.example.com")
            .overrideRuntimeConfigKey("quarkus.device-authorization.scopes", "openid profile")
            .overrideRuntimeConfigKey("quarkus.device-authorization.credentials.secret", "s3cret\n")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.scopes", "oidc")
            .overrideRuntimeConfigKey("quarkus.device-authorization.\"not.injected\".token-path", "ws://login.example.com")
            .overrideRuntimeConfigKey("quarkus.device-authorization.off.active", "false")
            .overrideRuntimeConfigKey("quarkus.device-authorization.off.scopes", "oidc")
            .assertException(RuntimeProblemsTest::check);

    private static void check(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        // of the application's class loader
        assertThat(cause.getClass().getName()).isEqualTo(ConfigValidationException.class.getName());
        assertThat(cause.getMessage())
                .contains("quarkus.device-authorization.auth-server-url (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_AUTH_SERVER_URL): 'login.example.com' is not a URL")
                .contains("Separate scopes by commas: openid,profile")
                .contains("quarkus.device-authorization.credentials.secret (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_SECRET): begins or ends with white space")
                .contains("quarkus.device-authorization.tv.scopes (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_TV_SCOPES): 'oidc' is no scope")
                .contains("quarkus.device-authorization.\"not.injected\".token-path ")
                .doesNotContain("s3cret", ".off.");
    }

    @Test
    void theStartFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
