{#if input.selected-extensions-ga.contains('io.quarkus:quarkus-rest') or input.selected-extensions-ga.contains('io.quarkus:quarkus-rest-jackson')}package org.acme;

import java.net.URI;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

@Path("/sign-in")
@Produces(MediaType.TEXT_PLAIN)
public class SignInResource {

    private final DeviceAuthorization deviceAuthorization;

    // For many people, each with tokens of their own, see DeviceAuthorization.forOwner(String)
    public SignInResource(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    @POST
    public Response start() {
        PendingAuthorization pending = deviceAuthorization.start();
        deviceAuthorization.follow(pending); // polls in the background
        return Response.created(URI.create("/sign-in/" + pending.id()))
                .entity("Open " + pending.verificationUri() + " and enter the code " + pending.userCode() + "\n").build();
    }

    @GET
    @Path("\{id}")
    public String status(String id) {
        PendingAuthorization pending = deviceAuthorization.resume(id).orElseThrow(NotFoundException::new);
        PollResult result = deviceAuthorization.poll(pending);
        if (result instanceof PollResult.Granted granted) {
            return "Hello " + granted.tokens().identity().orElseThrow().getClaim("name") + "\n";
        }
        return result instanceof PollResult.Refused refused ? refused.cause().getMessage() + "\n" : "Waiting\n";
    }

}
{#else}<SKIP>{/if}