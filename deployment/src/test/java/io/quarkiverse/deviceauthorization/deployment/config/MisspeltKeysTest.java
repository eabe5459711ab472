package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("Keys that are misspelt fail the build, with the keys that were meant, and where to look")
class MisspeltKeysTest {

    private static final String UNKNOWN = ": is no key of this extension, and is not read. Did you mean ";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .withConfiguration("""
                    quarkus.device-authorization.client-di=${CLIENT_ID_FROM_SOMEWHERE}
                    quarkus.device-authorization.provider=yoto
                    quarkus.device-authorization.tv.provider=jotto
                    quarkus.device-authorization.tv.client-id=app
                    quarkus.device-authorization.tv.secret=s3cret
                    %test.quarkus.device-authorization.tokens.encrytion.key=s3cret
                    quarkus.device-authorization.devservices.prot=8080
                    quarkus.device-authorization.tv.headers.Colour=blue
                    quarkus.device-authorization.tv.colour=blue
                    """)
            .assertException(MisspeltKeysTest::check);

    private static void check(Throwable failure) {
        assertThat(failure.getMessage())
                .contains("quarkus.device-authorization.client-di" + UNKNOWN + "quarkus.device-authorization.client-id (in the"
                        + " environment QUARKUS_DEVICE_AUTHORIZATION_CLIENT_ID)? [set by application.properties")
                .contains("quarkus.device-authorization.tv.secret" + UNKNOWN
                        + "quarkus.device-authorization.tv.credentials.secret ")
                .contains("quarkus.device-authorization.tokens.encrytion.key" + UNKNOWN
                        + "quarkus.device-authorization.tokens.encryption.key ", ", profile test]")
                .contains("quarkus.device-authorization.devservices.prot" + UNKNOWN
                        + "quarkus.device-authorization.devservices.port ")
                .contains("'jotto' is not known. Write one of yoto")
                .doesNotContain("olour", "s3cret");
        assertThat(failure.getMessage().lines()).hasSize(6);
    }

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
