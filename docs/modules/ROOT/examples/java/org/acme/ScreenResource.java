package org.acme;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;

// tag::resource[]
@Path("/screens/{screen}/sign-in")
public class ScreenResource {

    public record Code(String id, String userCode, String verificationUri) {
    }

    public record Status(String status, String reason) {
    }

    @Inject
    DeviceAuthorization deviceAuthorization;

    @POST
    public Code start(String screen) {
        DeviceAuthorization client = deviceAuthorization.forOwner(screen); // <1>
        PendingAuthorization pending = client.start();
        client.follow(pending); // <2>
        return new Code(pending.id(), pending.userCode(), pending.verificationUri().toString()); // <3>
    }

    @GET
    @Path("{id}")
    public Status status(String screen, String id) {
        DeviceAuthorization client = deviceAuthorization.forOwner(screen);
        PollResult result = client.poll(find(client, id)); // <4>
        if (result instanceof PollResult.Refused refused) {
            return new Status("refused", refused.cause().getMessage());
        }
        return new Status(result instanceof PollResult.Granted ? "signed in" : "waiting", null);
    }

    @DELETE
    @Path("{id}")
    public void cancel(String screen, String id) {
        DeviceAuthorization client = deviceAuthorization.forOwner(screen);
        client.cancel(find(client, id));
    }

    private static PendingAuthorization find(DeviceAuthorization client, String id) {
        return client.resume(id).orElseThrow(NotFoundException::new);
    }
}
// end::resource[]
