package org.acme;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.is;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkus.test.junit.QuarkusTest;

// tag::test[]
@QuarkusTest
class ScreenTest {

    Script script = Script.ofDevService();

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Test
    void aScreenIsSignedIn() {
        String id = when().post("/screens/lobby/sign-in").then().statusCode(200).extract().path("id");

        script.approve("alice");

        var lobby = deviceAuthorization.forOwner("lobby");
        lobby.await(lobby.resume(id).orElseThrow()); // <1>
        when().get("/screens/lobby/sign-in/" + id).then().body("status", is("signed in"));
    }
}
// end::test[]
