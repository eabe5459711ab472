package io.quarkiverse.deviceauthorization.it.web;

import java.net.URI;
import java.time.Instant;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.smallrye.mutiny.Uni;

/** A server whose many account holders each sign in on another device. */
@Path("/accounts/{account}")
public class AccountResource {

    /** What a page shows of a sign-in. */
    public record SignIn(String id, String userCode, URI verificationUri, Instant expiresAt) {

        static SignIn of(PendingAuthorization pending) {
            return new SignIn(pending.id(), pending.userCode(), pending.verificationUri(), pending.expiresAt());
        }
    }

    private final DeviceAuthorization deviceAuthorization;
    private final ReactiveDeviceAuthorization reactive;
    private final SignIns signIns;
    private final HelloApi api;

    AccountResource(DeviceAuthorization deviceAuthorization, ReactiveDeviceAuthorization reactive, SignIns signIns,
            @RestClient HelloApi api) {
        this.deviceAuthorization = deviceAuthorization;
        this.reactive = reactive;
        this.signIns = signIns;
        this.api = api;
    }

    @POST
    @Path("/sign-in")
    public SignIn start(@RestPath String account, @QueryParam("follow") boolean follow) {
        DeviceAuthorization client = deviceAuthorization.forOwner(account);
        PendingAuthorization pending = client.start();
        if (follow) {
            client.follow(pending);
        }
        return SignIn.of(pending);
    }

    /** Asks the server, if it is time to. */
    @GET
    @Path("/sign-in/{id}")
    public Uni<String> status(@RestPath String account, @RestPath String id) {
        ReactiveDeviceAuthorization client = reactive.forOwner(account);
        return client.resume(id)
                .onItem().transform(found -> found.orElseThrow(NotFoundException::new))
                .onItem().transformToUni(client::poll)
                .onItem().transform(result -> {
                    if (result instanceof PollResult.Granted) {
                        return "approved";
                    }
                    return result instanceof PollResult.Refused refused ? refused.cause().error().orElse("ended") : "pending";
                });
    }

    /** What the events have told so far. */
    @GET
    @Path("/outcome/{id}")
    public String outcome(@RestPath String id) {
        return signIns.outcome(id);
    }

    @GET
    @Path("/hello")
    public JsonNode hello(@RestPath String account) {
        return api.helloOf(account);
    }

    @DELETE
    public void signOut(@RestPath String account) {
        deviceAuthorization.forOwner(account).logout();
    }

    @ServerExceptionMapper
    Response signInFirst(AuthorizationRequiredException problem) {
        return Response.status(Response.Status.UNAUTHORIZED).entity(problem.getMessage()).build();
    }
}
