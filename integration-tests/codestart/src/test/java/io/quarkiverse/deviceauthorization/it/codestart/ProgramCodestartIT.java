package io.quarkiverse.deviceauthorization.it.codestart;

import static io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language.JAVA;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;

class ProgramCodestartIT {

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART = QuarkusCodestartTest.builder()
            .setupStandaloneExtensionTest("io.quarkiverse.deviceauthorization:quarkus-device-authorization")
            .languages(JAVA)
            .build();

    @Test
    void isAProgramThatSignsSomebodyInAndItsTest() throws Throwable {
        CODESTART.assertThatGeneratedFile(JAVA, "src/main/java/ilove/quark/us/SignIn.java").content()
                .startsWith("package ilove.quark.us;").endsWith("}\n").contains("deviceAuthorization.login()");
        CODESTART.assertThatGeneratedFile(JAVA, "src/main/java/ilove/quark/us/SignInProgram.java").content()
                .startsWith("package ilove.quark.us;").contains("@QuarkusMain");
        CODESTART.assertThatGeneratedFile(JAVA, "src/test/java/ilove/quark/us/SignInTest.java").content()
                .contains("Script.ofDevService()", "script.approve(\"alice\")");
        CODESTART.assertThatGeneratedFile(JAVA, "src/main/java/ilove/quark/us/SignInResource.java").doesNotExist();
    }

    @Test
    void isConfiguredAndExplained() throws Throwable {
        CODESTART.assertThatGeneratedFile(JAVA, "src/main/resources/application.properties").content()
                .contains("quarkus.device-authorization.scopes=openid,profile,offline_access");
        CODESTART.assertThatGeneratedFile(JAVA, "README.md").content()
                .contains("### Device Authorization", "%prod.quarkus.device-authorization.auth-server-url=")
                .doesNotContain("curl");
    }

    @Test
    void bringsTheDevelopmentServerOfTheSameVersionForTests() throws Throwable {
        CODESTART.assertThatGeneratedFile(JAVA, "pom.xml").content().containsPattern(
                "<artifactId>quarkus-device-authorization-dev-server</artifactId>\\s*<version>" + System.getProperty(
                        "extension.version") + "</version>\\s*<scope>test</scope>");
    }
}
