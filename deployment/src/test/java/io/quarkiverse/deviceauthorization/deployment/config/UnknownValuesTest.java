package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Values that come at run time and that there are not stop the start, all at once, with those that there are")
class UnknownValuesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideConfigKey("quarkus.device-authorization.devservices.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.device-authorization.prompt", "termnal")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tokens.store", "disk")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.provider", "jotto")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.credentials.secret", "s3cret")
            .overrideRuntimeConfigKey("quarkus.device-authorization.tv.credentials.method", "jwt")
            .assertException(UnknownValuesTest::check);

    private static void check(Throwable failure) {
        assertThat(failure)
                .hasStackTraceContaining("quarkus.device-authorization.prompt (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_PROMPT): 'termnal' is not known."
                        + " Write one of terminal, qr, json, log, none [set by ")
                .hasStackTraceContaining("quarkus.device-authorization.tokens.store (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_TOKENS_STORE): 'disk' is not known. Write one of memory, file [set by ")
                .hasStackTraceContaining("quarkus.device-authorization.tv.provider (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_TV_PROVIDER): 'jotto' is not known. Write one of yoto, auth0, ")
                .hasStackTraceContaining("quarkus.device-authorization.tv.credentials.method (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_TV_CREDENTIALS_METHOD): 'jwt' is not known."
                        + " Write one of basic, post, post-jwt [set by ")
                .hasStackTraceContaining("quarkus.device-authorization.client-id (in the environment"
                        + " QUARKUS_DEVICE_AUTHORIZATION_CLIENT_ID): is missing");
    }

    @Test
    void theStartFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
