package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

@DisplayName("What a production build lacks may come at run time, so it is a warning")
class ProductionWarningTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class))
            .overrideConfigKey("quarkus.device-authorization.client-id", "${CLIENT_ID_FROM_SOMEWHERE}")
            .overrideConfigKey("quarkus.device-authorization.token-path", "/token")
            .overrideConfigKey("quarkus.device-authorization.tv.provider", "yoto")
            .setLogRecordPredicate(record -> record.getLoggerName().contains("deviceauthorization"));

    @ProdBuildResults
    ProdModeTestResults build;

    @Test
    void namesEachMissingKeyOfEachClient() {
        assertThat(build.getRetainedBuildLogRecords()).singleElement().satisfies(record -> {
            assertThat(record.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
            assertThat(record.getMessage())
                    .startsWith("Injected device authorization clients still lack keys, which have to be there at run time"
                            + " (quarkus.device-authorization.require-at-build=true makes this an error):")
                    .contains("quarkus.device-authorization.auth-server-url"
                            + " (in the environment QUARKUS_DEVICE_AUTHORIZATION_AUTH_SERVER_URL): is missing")
                    .contains("quarkus.device-authorization.tv.client-id"
                            + " (in the environment QUARKUS_DEVICE_AUTHORIZATION_TV_CLIENT_ID): is missing")
                    .doesNotContain("quarkus.device-authorization.client-id");
            assertThat(record.getMessage().lines()).hasSize(3);
        });
    }
}
