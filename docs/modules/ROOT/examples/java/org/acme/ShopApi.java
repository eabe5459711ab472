package org.acme;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;

// tag::methods[]
@RegisterRestClient(configKey = "shop")
public interface ShopApi {

    @GET
    @Path("/articles")
    String articles(); // <1>

    @GET
    @Path("/orders")
    @DeviceAuthorizationFilter
    String orders();

    @GET
    @Path("/stories")
    @DeviceAuthorizationFilter("yoto")
    String stories();
}
// end::methods[]
