package io.quarkiverse.deviceauthorization.it.mcp;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.CreationException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.client.McpClient;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.langchain4j.mcp.auth.McpClientAuthProvider;
import io.quarkiverse.langchain4j.mcp.runtime.McpClientName;
import io.quarkus.arc.InjectableInstance;
import io.smallrye.common.annotation.NonBlocking;

/** Calls MCP servers, some of which want an access token. */
@Path("/mcp/{name}")
public class McpResource {

    private final InjectableInstance<McpClient> mcp;
    private final DeviceAuthorization notes;
    private final DeviceAuthorization own;

    McpResource(@Any InjectableInstance<McpClient> mcp, @DeviceAuthorizationName("notes") DeviceAuthorization notes,
            @DeviceAuthorizationName("own") DeviceAuthorization own) {
        this.mcp = mcp;
        this.notes = notes;
        this.own = own;
    }

    /** What the MCP server has got as authorization. */
    @GET
    public String call(@RestPath String name) {
        return mcp.select(McpClientName.Literal.of(name)).get()
                .executeTool(ToolExecutionRequest.builder().name("authorization").arguments("{}").build()).resultText();
    }

    /** As a caller on an event loop gets it. */
    @GET
    @Path("/event-loop")
    @NonBlocking
    public String onTheEventLoop(@RestPath String name) {
        return McpClientAuthProvider.resolve(name).orElseThrow().getAuthorization(null);
    }

    @POST
    @Path("/sign-in")
    public String signIn(@RestPath String name) {
        PendingAuthorization pending = client(name).start();
        client(name).follow(pending);
        return pending.userCode();
    }

    @DELETE
    @Path("/sign-in")
    public void signOut(@RestPath String name) {
        client(name).logout();
    }

    @ServerExceptionMapper
    Response mapException(AuthorizationRequiredException problem) {
        return Response.status(401).entity(problem.getMessage()).build();
    }

    @ServerExceptionMapper
    Response mapException(CreationException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationRequiredException required) {
                return mapException(required);
            }
        }
        throw problem;
    }

    private DeviceAuthorization client(String name) {
        return name.equals("own") ? own : notes;
    }
}
