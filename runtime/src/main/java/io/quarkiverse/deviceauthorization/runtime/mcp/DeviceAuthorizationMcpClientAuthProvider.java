package io.quarkiverse.deviceauthorization.runtime.mcp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.langchain4j.mcp.auth.McpClientAuthProvider;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.BlockingOperationNotAllowedException;

/**
 * Sends the access token of a device authorization client with the requests of the LangChain4j MCP client that has the same
 * name. Loaded only where that extension is.
 */
public final class DeviceAuthorizationMcpClientAuthProvider implements McpClientAuthProvider {

    private final String name;
    private final DeviceAuthorization blocking;
    private final ReactiveDeviceAuthorization reactive;

    /** @param name the name of both clients */
    public DeviceAuthorizationMcpClientAuthProvider(String name, DeviceAuthorization blocking,
            ReactiveDeviceAuthorization reactive) {
        this.name = name;
        this.blocking = blocking;
        this.reactive = reactive;
    }

    @Override
    public String getAuthorization(Input input) {
        // LangChain4j calls this on the thread of whoever calls the MCP client, which may be an event loop
        Tokens tokens = BlockingOperationControl.isBlockingAllowed() ? blocking.tokens() : inMemory();
        if (tokens.isDpop()) {
            throw new DeviceAuthorizationException("The tokens of " + ConfigKeys.describe(name) + " are bound to a key, and an"
                    + " MCP client of LangChain4j can't prove that it has it. Set " + ConfigKeys.key(name, "dpop")
                    + "=false, and"
                    + " let the person sign in again", null, null);
        }
        return tokens.authorizationHeader();
    }

    private Tokens inMemory() {
        CompletableFuture<Tokens> tokens = reactive.tokens().subscribeAsCompletionStage();
        if (!tokens.isDone()) {
            throw new BlockingOperationNotAllowedException("The tokens of " + ConfigKeys.describe(name) + " have to be read or"
                    + " refreshed first, and this thread ('" + Thread.currentThread().getName()
                    + "') is an event loop, which may"
                    + " not wait for that. Annotate the method that calls the MCP client with @Blocking or @RunOnVirtualThread");
        }
        try {
            return tokens.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw e;
        }
    }
}
