package io.quarkiverse.deviceauthorization.it.web;

import java.net.URI;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;

/** A kiosk that somebody signs in on the ready-made page: whoever isn't signed in is led there, and comes back. */
@Path("/welcome")
public class WelcomeResource {

    private final DeviceAuthorization deviceAuthorization;
    private final HelloApi api;

    WelcomeResource(DeviceAuthorization deviceAuthorization, @RestClient HelloApi api) {
        this.deviceAuthorization = deviceAuthorization;
        this.api = api;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String welcome() {
        return "Welcome, " + api.hello(deviceAuthorization.tokens().authorizationHeader()).get("sub").asText() + "!";
    }

    @ServerExceptionMapper
    Response signIn(AuthorizationRequiredException problem) {
        return Response.seeOther(URI.create("/sign-in")).build();
    }
}
