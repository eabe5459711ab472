package org.acme;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkus.rest.client.reactive.NotBody;

// tag::type[]
@RegisterRestClient(configKey = "cards")
@DeviceAuthorizationFilter("yoto") // <1>
@Path("/card")
public interface CardApi {

    @GET
    @Path("/mine")
    String mine(); // <2>
    // end::type[]

    // tag::owner[]
    @GET
    @Path("/mine")
    String cardsOf(@Owner @NotBody String account);
    // end::owner[]
    // tag::type[]
}
// end::type[]
