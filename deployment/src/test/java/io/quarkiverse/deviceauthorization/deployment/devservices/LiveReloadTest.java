package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

@DisplayName("In dev mode")
class LiveReloadTest {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClass(IssuerResource.class));

    @Test
    void theServerOutlivesAReload() {
        String first = RestAssured.get("/issuer").then().statusCode(200).extract().asString();
        assertThat(first).startsWith("before http://localhost:");

        APPLICATION.modifySourceFile(IssuerResource.class, source -> source.replace("before ", "after "));

        String second = RestAssured.get("/issuer").then().statusCode(200).extract().asString();
        assertThat(second).isEqualTo(first.replace("before ", "after "));
        RestAssured.get(second.substring("after ".length()) + "/dev/script").then().statusCode(200);
    }
}
