package org.acme;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

// tag::hello[]
@RegisterRestClient(configKey = "hello")
@Path("/api/hello")
public interface Hello {

    @GET
    String hello(@HeaderParam("Authorization") String authorization);
}
// end::hello[]
