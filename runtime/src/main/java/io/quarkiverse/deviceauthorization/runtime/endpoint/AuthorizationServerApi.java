package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;

/**
 * An authorization server as a REST client sees it: the device authorization, token and revocation requests are forms, the
 * metadata and a probe are read. An answer of any status is an answer, since the body decides what it means.
 */
@Path("")
public interface AuthorizationServerApi {

    /**
     * @param endpoint where to
     * @param request its body and headers
     * @return the answer
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    Uni<Response> post(@Url URI endpoint, OutgoingRequest request);

    /**
     * @param resource what to read
     * @param authorization the {@code Authorization} header, or null
     * @param proof the {@code DPoP} header (RFC 9449 §4.1), or null
     * @return the answer
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    Uni<Response> get(@Url URI resource, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam("DPoP") String proof);
}
