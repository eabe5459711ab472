package io.quarkiverse.deviceauthorization.it.mcp;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(GlobalAuthProviderTest.Global.class)
@WithTestResource(McpServer.class)
@DisplayName("Where the application has a provider for every MCP client")
class GlobalAuthProviderTest {

    public static class Global implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("global-auth-provider", "true");
        }
    }

    @Test
    @DisplayName("it goes before a device authorization client of the same name")
    void goesFirst() {
        given().get("/mcp/notes").then().statusCode(200).body(is("Global POST"));
        given().get("/mcp/own").then().statusCode(200).body(is("Own POST"));
    }
}
