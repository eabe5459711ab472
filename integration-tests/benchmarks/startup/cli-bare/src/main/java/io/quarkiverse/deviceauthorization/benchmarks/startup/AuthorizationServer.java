package io.quarkiverse.deviceauthorization.benchmarks.startup;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The same request by hand. */
@RegisterRestClient(configKey = "server")
@Path("/oauth/device/code")
public interface AuthorizationServer {

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    DeviceCodes start(@FormParam("client_id") String clientId, @FormParam("scope") String scope);
}
