package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

@DisplayName("What works, but not as most people want, is one warning when the application is built")
class AdviceTest {

    private static final String CONSEQUENCE = ": lacks offline_access, without which this provider issues no refresh token:"
            + " people have to sign in again whenever the access token ends. Add it, unless that is what you want";

    private static final String SOURCE = " \\[set by application\\.properties, line [0-9]+]$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .withConfiguration("""
                    quarkus.device-authorization.provider=yoto
                    quarkus.device-authorization.client-id=app
                    quarkus.device-authorization.scopes=openid
                    quarkus.device-authorization.tv.provider=yoto
                    quarkus.device-authorization.tv.scopes=profile,openid
                    quarkus.device-authorization.off.active=false
                    quarkus.device-authorization.off.provider=yoto
                    quarkus.device-authorization.off.scopes=openid
                    quarkus.device-authorization.later.provider=yoto
                    quarkus.device-authorization.later.scopes=${SCOPES_FROM_SOMEWHERE:offline_access}
                    """)
            .setLogRecordPredicate(record -> record.getLoggerName().contains("deviceauthorization")
                    && record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> assertThat(records).singleElement().satisfies(record -> assertThat(
                    record.getMessage().lines().map(line -> line.replaceAll(SOURCE, ""))).containsExactly(
                            "What to think about in the configuration of device authorization:",
                            "  - quarkus.device-authorization.scopes (in the environment QUARKUS_DEVICE_AUTHORIZATION_SCOPES)"
                                    + CONSEQUENCE,
                            "  - quarkus.device-authorization.tv.scopes (in the environment"
                                    + " QUARKUS_DEVICE_AUTHORIZATION_TV_SCOPES)" + CONSEQUENCE)));

    @Test
    void theApplicationStarts() {
        // what is asserted was logged before
    }
}
