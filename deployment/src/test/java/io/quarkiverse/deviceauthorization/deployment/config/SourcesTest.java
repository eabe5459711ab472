package io.quarkiverse.deviceauthorization.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** What is outside of an application is in ConfigSourcesIT. */
@DisplayName("A problem tells which file of the application it is in")
class SourcesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(
                    List.of(Dependency.of("io.quarkus", "quarkus-config-yaml-deployment", Version.getVersion())))
            .withApplicationRoot(jar -> jar
                    .addAsResource(new StringAsset("""
                            quarkus:
                              device-authorization:
                                scopes:
                                - openid
                                - oidc
                                tv:
                                  client-di: tv
                                  pkce: maybe
                            "%test":
                              quarkus:
                                device-authorization:
                                  token-path: ws://login.example.com/token
                            """), "application.yaml")
                    .addAsResource(new StringAsset("quarkus.device-authorization.prompt=paper\n"),
                            "application-test.properties")
                    .addAsResource(new StringAsset("""
                            quarkus.device-authorization.connect-timeout=0S

                            %test.quarkus.device-authorization.read-timeout=0S
                            """), "application.properties"))
            .assertException(SourcesTest::check);

    private static void check(Throwable failure) {
        assertThat(failure.getMessage().lines().map(SourcesTest::keyAndSource)).contains(
                "quarkus.device-authorization.scopes application.yaml",
                "quarkus.device-authorization.tv.client-di: application.yaml",
                "quarkus.device-authorization.tv.pkce application.yaml",
                "quarkus.device-authorization.token-path application.yaml, profile test",
                "quarkus.device-authorization.prompt application-test.properties, line 1",
                "quarkus.device-authorization.connect-timeout application.properties, line 1",
                "quarkus.device-authorization.read-timeout application.properties, line 3, profile test");
    }

    private static String keyAndSource(String line) {
        return line.replaceAll("^ +- (\\S+) .*\\[set by ([^]]+)]$", "$1 $2");
    }

    @Test
    void theBuildFails() {
        throw new AssertionError(QuarkusUnitTest.THE_BUILD_WAS_EXPECTED_TO_FAIL);
    }
}
