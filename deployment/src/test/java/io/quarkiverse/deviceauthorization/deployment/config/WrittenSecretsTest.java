package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;

@DisplayName("Secrets in a file of a production build are a warning, that names each and shows none")
class WrittenSecretsTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClass(TwoClients.class).addAsResource(new StringAsset("""
                    quarkus.device-authorization.auth-server-url=https://login.example.com
                    quarkus.device-authorization.client-id=app
                    quarkus.device-authorization.credentials.secret=s3cret
                    quarkus.device-authorization.tv.provider=yoto
                    quarkus.device-authorization.tv.client-id=app
                    quarkus.device-authorization.tv.tokens.store=file
                    quarkus.device-authorization.tv.tokens.encryption.key=${TOKEN_KEY}
                    quarkus.device-authorization.tv.headers.X-Api-Key=s3cret
                    %dev.quarkus.device-authorization.tv.credentials.secret=s3cret
                    """), "application.properties"))
            .setLogRecordPredicate(record -> record.getLoggerName().contains("deviceauthorization"));

    @ProdBuildResults
    ProdModeTestResults build;

    @Test
    void namesEachSecretOfEachClient() {
        assertThat(build.getRetainedBuildLogRecords()).singleElement().satisfies(record -> {
            assertThat(record.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
            assertThat(record.getMessage())
                    .startsWith("Secrets of device authorization are in the application:")
                    .contains("quarkus.device-authorization.credentials.secret (in the environment"
                            + " QUARKUS_DEVICE_AUTHORIZATION_CREDENTIALS_SECRET): is written where it becomes part of the"
                            + " application")
                    .contains("quarkus.device-authorization.tv.headers.X-Api-Key ", "[set by application.properties")
                    .doesNotContain("s3cret");
            assertThat(record.getMessage().lines()).hasSize(3);
        });
    }
}
