package io.quarkiverse.deviceauthorization.it.mcp;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@WithTestResource(McpServer.class)
@DisplayName("An MCP client of LangChain4j")
class McpResourceTest {

    static final String AUTH_SERVER_URL = "quarkus.device-authorization.notes.auth-server-url";

    @Test
    @DisplayName("sends the access token of the device authorization client of the same name, as soon as somebody is signed in")
    void sendsTheAccessToken() {
        given().get("/mcp/notes").then().statusCode(401).body(startsWith("Nobody is signed in"));
        given().get("/mcp/notes/event-loop").then().statusCode(401).body(startsWith("Nobody is signed in"));

        String userCode = given().post("/mcp/notes/sign-in").asString();
        given().formParam("action", "approve").formParam("user", "alice").formParam("user_code", userCode)
                .post(server() + "/dev/script").then().statusCode(200);

        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100)).untilAsserted(
                () -> given().get("/mcp/notes").then().statusCode(200));
        String authorization = given().get("/mcp/notes").asString();
        given().header("Authorization", authorization).get(server() + "/api/hello")
                .then().statusCode(200).body("sub", is("alice"));
        given().get("/mcp/notes/event-loop").then().statusCode(200).body(is(authorization));

        given().delete("/mcp/notes/sign-in").then().statusCode(204);
        given().get("/mcp/notes").then().statusCode(401).body(startsWith("Nobody is signed in"));
    }

    @Test
    @DisplayName("is left to the application's own provider")
    void isLeftToTheApplication() {
        given().get("/mcp/own").then().statusCode(200).body(is("Own POST"));
    }

    @Test
    @DisplayName("gets no token where no device authorization client has its name")
    void getsNoTokenByChance() {
        given().get("/mcp/public").then().statusCode(200).body(is("none"));
    }

    String server() {
        return ConfigProvider.getConfig().getValue(AUTH_SERVER_URL, String.class);
    }
}
