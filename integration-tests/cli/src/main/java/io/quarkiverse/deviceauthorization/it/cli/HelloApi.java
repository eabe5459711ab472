package io.quarkiverse.deviceauthorization.it.cli;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;

/** An API that wants an access token, which the filter sends along. */
@RegisterRestClient(configKey = "hello")
@DeviceAuthorizationFilter
public interface HelloApi {

    @GET
    @Path("/api/hello")
    JsonNode hello();
}
