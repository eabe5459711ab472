package io.quarkiverse.deviceauthorization.it.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

@QuarkusTest
class AccountResourceTest {

    static final String AUTH_SERVER_URL = "quarkus.device-authorization.auth-server-url";

    @Test
    void startsOverHttpTellsTheStatusAndCallsWithTheToken() {
        Response signIn = given().post("/accounts/ada/sign-in");
        signIn.then().statusCode(200).body("verificationUri", equalTo(server() + "/activate"));
        String id = signIn.jsonPath().getString("id");
        given().get("/accounts/ada/sign-in/" + id).then().statusCode(200).body(is("pending"));
        given().get("/accounts/ada/hello").then().statusCode(401).body(startsWith("Nobody is signed in"));

        decide("approve", signIn.jsonPath().getString("userCode"));

        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100)).untilAsserted(
                () -> given().get("/accounts/ada/sign-in/" + id).then().statusCode(200).body(is("approved")));
        given().get("/accounts/ada/hello").then().statusCode(200).body("sub", is("alice"));
        given().get("/accounts/grace/hello").then().statusCode(401);
        given().delete("/accounts/ada").then().statusCode(204);
        given().get("/accounts/ada/hello").then().statusCode(401);
    }

    @Test
    void aFollowedSignInEndsInAnEvent() {
        Response approved = given().queryParam("follow", true).post("/accounts/joan/sign-in");
        Response denied = given().queryParam("follow", true).post("/accounts/mary/sign-in");
        decide("approve", approved.jsonPath().getString("userCode"));
        decide("deny", denied.jsonPath().getString("userCode"));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(outcome(approved)).isEqualTo("approved");
            assertThat(outcome(denied)).isEqualTo("denied");
        });
        given().get("/accounts/joan/hello").then().statusCode(200);
        given().get("/accounts/mary/hello").then().statusCode(401);
    }

    @Test
    void anUnknownSignInIsNotFoundAlsoForAnotherAccount() {
        given().get("/accounts/ada/sign-in/no-such-id").then().statusCode(404);
        String id = given().post("/accounts/ada/sign-in").jsonPath().getString("id");
        given().get("/accounts/eve/sign-in/" + id).then().statusCode(404);
    }

    @Test
    void isReadyWithoutAnybodyHavingSignedIn() {
        given().get("/q/health/ready").then().statusCode(200)
                .body("status", is("UP"))
                .body("checks.name", hasItem("Device authorization endpoint health check"));
    }

    private static String outcome(Response signIn) {
        return given().get("/accounts/any/outcome/" + signIn.jsonPath().getString("id")).asString();
    }

    private void decide(String action, String userCode) {
        given().formParam("action", action).formParam("user", "alice").formParam("user_code", userCode)
                .post(server() + "/dev/script").then().statusCode(200);
    }

    String server() {
        return ConfigProvider.getConfig().getValue(AUTH_SERVER_URL, String.class);
    }
}
