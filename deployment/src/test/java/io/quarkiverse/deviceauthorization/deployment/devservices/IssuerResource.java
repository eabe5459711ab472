package io.quarkiverse.deviceauthorization.deployment.devservices;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;

@Path("issuer")
public class IssuerResource {

    @Inject
    DeviceAuthorization client;

    @GET
    public String issuer() {
        return "before http://" + client.start().verificationUri().getAuthority();
    }
}
