package io.quarkiverse.deviceauthorization.it.mcp;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.langchain4j.mcp.auth.McpClientAuthProvider;
import io.quarkiverse.langchain4j.mcp.runtime.McpClientName;

/** The application's own, for a name that a device authorization client has too. */
@ApplicationScoped
@McpClientName("own")
public class OwnAuthProvider implements McpClientAuthProvider {

    @Override
    public String getAuthorization(Input input) {
        return "Own " + input.method();
    }
}
