package io.quarkiverse.deviceauthorization.it.mcp;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.langchain4j.mcp.auth.McpClientAuthProvider;
import io.quarkus.arc.properties.IfBuildProperty;

/** The application's own for every MCP client, where a test asks for it. */
@ApplicationScoped
@IfBuildProperty(name = "global-auth-provider", stringValue = "true")
public class GlobalAuthProvider implements McpClientAuthProvider {

    @Override
    public String getAuthorization(Input input) {
        return "Global " + input.method();
    }
}
