package org.acme;

import java.net.URI;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;

// tag::resource[]
@Path("/welcome")
public class WelcomeResource {

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Inject
    @RestClient
    Hello hello;

    @GET
    public String welcome() {
        return hello.hello(deviceAuthorization.tokens().authorizationHeader());
    }

    @ServerExceptionMapper
    Response signIn(AuthorizationRequiredException problem) {
        return Response.seeOther(URI.create("/sign-in")).build(); // <1>
    }
}
// end::resource[]
