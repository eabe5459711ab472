package org.acme;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;

@Path("/card")
public interface PlainCardApi {

    @GET
    @Path("/mine")
    String mine(@HeaderParam("X-Account") String account);
}
