package io.quarkiverse.deviceauthorization.benchmarks.contender;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

import io.smallrye.mutiny.Uni;

/** The token request as most would write it: an error is an exception. */
@RegisterRestClient(configKey = "throwing")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public interface ThrowingApi {

    @POST
    @Path("/token")
    Uni<TokenAnswer> poll(@FormParam("grant_type") String grantType, @FormParam("device_code") String deviceCode,
            @FormParam("client_id") String clientId);
}
