package io.quarkiverse.deviceauthorization.it.cli;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import com.fasterxml.jackson.databind.JsonNode;

/** An API that asks for an access token. */
@RegisterRestClient(configKey = "hello")
public interface HelloApi {

    @GET
    @Path("/userinfo")
    JsonNode whoAmI(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);

    @GET
    @Path("/api/hello")
    JsonNode hello(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}
