package io.quarkiverse.deviceauthorization.benchmarks.contender;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestResponse;

import io.smallrye.mutiny.Uni;

/** The two requests as anybody would write them by hand. */
@Path("")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public interface BareApi {

    @POST
    @Path("/device")
    Uni<RestResponse<DeviceCodes>> start(@FormParam("client_id") String clientId, @FormParam("scope") String scope);

    @POST
    @Path("/device")
    RestResponse<DeviceCodes> startAndWait(@FormParam("client_id") String clientId, @FormParam("scope") String scope);

    /** Most answers are errors: of those, the client reads no entity by itself. */
    @POST
    @Path("/token")
    Uni<Response> poll(@FormParam("grant_type") String grantType, @FormParam("device_code") String deviceCode,
            @FormParam("client_id") String clientId);
}
