package io.quarkiverse.deviceauthorization.it.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationFilter;
import io.quarkiverse.deviceauthorization.filter.Owner;
import io.quarkus.rest.client.reactive.NotBody;

/** An API that asks for an access token. */
@RegisterRestClient(configKey = "hello")
public interface HelloApi {

    @GET
    @Path("/api/hello")
    JsonNode hello(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);

    /** The filter finds the token. */
    @GET
    @Path("/api/hello")
    @DeviceAuthorizationFilter
    JsonNode helloOf(@Owner @NotBody String account);
}
