package org.acme;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.is;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkus.test.junit.QuarkusTest;

// tag::test[]
@QuarkusTest
class ScreenTest {

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server; // <1>

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Test
    void aScreenIsSignedIn() {
        String id = when().post("/screens/lobby/sign-in").then().statusCode(200).extract().path("id");

        given().formParam("action", "approve").formParam("user", "alice").post(server + "/dev/script"); // <2>

        var lobby = deviceAuthorization.forOwner("lobby");
        lobby.await(lobby.resume(id).orElseThrow()); // <3>
        when().get("/screens/lobby/sign-in/" + id).then().body("status", is("signed in"));
    }
}
// end::test[]
