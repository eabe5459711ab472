package io.quarkiverse.deviceauthorization.it.codestart;

import static io.quarkus.devtools.codestarts.quarkus.QuarkusCodestartCatalog.Language.JAVA;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.devtools.testing.codestarts.QuarkusCodestartTest;
import io.quarkus.maven.dependency.ArtifactKey;

class WebCodestartIT {

    @RegisterExtension
    static final QuarkusCodestartTest CODESTART = QuarkusCodestartTest.builder()
            .setupStandaloneExtensionTest("io.quarkiverse.deviceauthorization:quarkus-device-authorization")
            .extension(ArtifactKey.ga("io.quarkus", "quarkus-rest"))
            .languages(JAVA)
            .build();

    @Test
    void isAResourceThatStartsASignInAndItsTestWhereThereIsRest() throws Throwable {
        CODESTART.assertThatGeneratedFile(JAVA, "src/main/java/ilove/quark/us/SignInResource.java").content()
                .startsWith("package ilove.quark.us;").endsWith("}\n").contains("@Path(\"{id}\")");
        CODESTART.assertThatGeneratedFile(JAVA, "src/test/java/ilove/quark/us/SignInResourceTest.java").content()
                .contains("Script.ofDevService()", "script.approve(\"alice\")");
        CODESTART.assertThatGeneratedFile(JAVA, "src/main/java/ilove/quark/us/SignIn.java").doesNotExist();
        CODESTART.assertThatGeneratedFile(JAVA, "src/main/java/ilove/quark/us/SignInProgram.java").doesNotExist();
        CODESTART.assertThatGeneratedFile(JAVA, "README.md").content().contains("curl -i -X POST");
    }
}
