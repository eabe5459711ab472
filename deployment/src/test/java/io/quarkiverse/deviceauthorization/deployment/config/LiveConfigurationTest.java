package io.quarkiverse.deviceauthorization.deployment.config;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.deployment.DevMode;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

@DisplayName("In dev mode, a change of the configuration")
class LiveConfigurationTest {

    private static final String BEFORE = "quarkus.device-authorization.scopes=openid\n";

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevMode.application(StartResource.class, BEFORE);

    @BeforeEach
    void askThere() {
        RestAssured.port = DevMode.port(APPLICATION);
    }

    @Test
    @DisplayName("takes effect at once, is told what is wrong with it, and can be mended")
    void reload() {
        RestAssured.get("/start").then().statusCode(200).body(startsWith("http://localhost:"));

        change("quarkus.device-authorization.auth-server-url=login.example.com");
        RestAssured.get("/start").then().statusCode(500)
                .body(containsString("is not a URL. Write for example https://login.example.com"))
                .body(containsString("[set by application.properties"));

        change("quarkus.device-authorization.clientid=tv");
        RestAssured.get("/start").then().statusCode(500)
                .body(containsString("Did you mean quarkus.device-authorization.client-id "));

        change("""
                quarkus.device-authorization.client-id=tv
                quarkus.device-authorization.auth-server-url=http://localhost:1
                """);
        RestAssured.get("/start").then().statusCode(200)
                .body(containsString("http://localhost:1 refuses connections or doesn't accept them in time"));

        change(BEFORE);
        RestAssured.get("/start").then().statusCode(200).body(startsWith("http://localhost:"))
                .body(containsString("/activate"));
    }

    private static void change(String configuration) {
        APPLICATION.modifyResourceFile("application.properties", before -> configuration);
    }
}
