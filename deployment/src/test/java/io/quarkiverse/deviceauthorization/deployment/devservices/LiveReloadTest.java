package io.quarkiverse.deviceauthorization.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasSize;

import java.net.ConnectException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.deployment.DevMode;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

@DisplayName("In dev mode")
class LiveReloadTest {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevMode.application(IssuerResource.class, """
            quarkus.device-authorization.devservices.users.carol.claims.name=Carol
            """);

    @BeforeEach
    void askThere() {
        RestAssured.port = DevMode.port(APPLICATION);
    }

    @Test
    void theServerOutlivesAReload() {
        String first = RestAssured.get("/issuer").then().statusCode(200).extract().asString();
        assertThat(first).startsWith("before http://localhost:");

        APPLICATION.modifySourceFile(IssuerResource.class, source -> source.replace("before ", "after "));

        String second = RestAssured.get("/issuer").then().statusCode(200).extract().asString();
        assertThat(second).isEqualTo(first.replace("before ", "after "));
        RestAssured.get(second.substring("after ".length()) + "/dev/script").then().statusCode(200).body("flows", hasSize(2));
    }

    @Test
    void aChangeOfItsSettingsStartsAnotherServer() {
        String first = RestAssured.get("/issuer").then().statusCode(200).extract().asString().substring("before ".length());

        APPLICATION.modifyResourceFile("application.properties", settings -> settings.replace("Carol", "Caroline"));

        String second = RestAssured.get("/issuer").then().statusCode(200).extract().asString().substring("before ".length());
        RestAssured.get(second + "/dev/script").then().statusCode(200).body("flows", hasSize(1));
        assertThat(second).isNotEqualTo(first);
        assertThatThrownBy(() -> RestAssured.get(first + "/dev/script")).isInstanceOf(ConnectException.class);
    }
}
