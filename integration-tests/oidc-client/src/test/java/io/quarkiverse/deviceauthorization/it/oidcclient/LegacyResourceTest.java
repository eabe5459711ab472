package io.quarkiverse.deviceauthorization.it.oidcclient;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

@QuarkusTest
@DisplayName("Code that expects the types of the OIDC client extension")
class LegacyResourceTest {

    static final String AUTH_SERVER_URL = "quarkus.device-authorization.notes.auth-server-url";

    @Test
    @DisplayName("gets the tokens of a device authorization client, refreshed once, and is told when a person is needed")
    void getsTheTokens() {
        given().get("/legacy/tokens").then().statusCode(401).body(startsWith("Nobody is signed in"));
        given().get("/legacy/client").then().statusCode(401).body(startsWith("Nobody is signed in"));
        signIn();

        JsonPath tokens = given().get("/legacy/tokens").then().statusCode(200)
                .body("idToken", not(emptyOrNullString()))
                .body("expired", is(false))
                .body("skew", is(30))
                .body("clientId", is("quarkus-app")).extract().jsonPath();
        given().get("/legacy/client").then().statusCode(200).body("accessToken", is(tokens.getString("accessToken")));
        isAccepted(tokens.getString("accessToken"));

        int requests = counter("token_requests");
        String refreshed = given().post("/legacy/refresh").then().statusCode(200)
                .body("accessToken", not(tokens.getString("accessToken"))).extract().jsonPath().getString("accessToken");
        isAccepted(refreshed);
        given().get("/legacy/tokens").then().body("accessToken", is(refreshed));
        assertThat(counter("token_requests")).as("token requests of two callers with one refresh token")
                .isEqualTo(requests + 1);
        assertThat(counter("refresh_token_reuses")).as("spent refresh tokens that were sent again").isZero();

        given().get("/legacy/parameters").then().statusCode(200).body(containsString("[scope] can't change it"));

        given().delete("/legacy/tokens").then().statusCode(200).body(is("true"));
        given().header("Authorization", "Bearer " + refreshed).get(server() + "/api/hello").then().statusCode(401);
        given().get("/legacy/tokens").then().statusCode(401).body(startsWith("Nobody is signed in"));
    }

    @Test
    @DisplayName("can have the default client too")
    void canHaveTheDefaultClient() {
        given().get("/legacy/default-client").then().statusCode(401).body(startsWith("Nobody is signed in"));
    }

    private void signIn() {
        String userCode = given().post("/legacy/sign-in").asString();
        given().formParam("action", "approve").formParam("user", "alice").formParam("user_code", userCode)
                .post(server() + "/dev/script").then().statusCode(200);
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100)).untilAsserted(
                () -> given().get("/legacy/client").then().statusCode(200));
    }

    private void isAccepted(String accessToken) {
        given().header("Authorization", "Bearer " + accessToken).get(server() + "/api/hello")
                .then().statusCode(200).body("sub", is("alice"));
    }

    private int counter(String name) {
        return given().get(server() + "/dev/script").jsonPath().getInt("counters." + name);
    }

    String server() {
        return ConfigProvider.getConfig().getValue(AUTH_SERVER_URL, String.class);
    }
}
