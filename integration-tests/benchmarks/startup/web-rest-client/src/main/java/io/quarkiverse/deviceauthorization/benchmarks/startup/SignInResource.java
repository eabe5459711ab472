package io.quarkiverse.deviceauthorization.benchmarks.startup;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Could ask another server, and nobody asks it to. */
@Path("/sign-in")
public class SignInResource {

    private final AuthorizationServer server;

    SignInResource(@RestClient AuthorizationServer server) {
        this.server = server;
    }

    @GET
    public String start() {
        return server.start("web", "profile").userCode();
    }
}
