package org.acme;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;

// tag::filter[]
@RegisterRestClient(configKey = "api")
@DeviceAuthorizationFilter
public interface Api {

    @GET
    @Path("/hello")
    String hello();
}
// end::filter[]
