package io.quarkiverse.deviceauthorization.deployment.config;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;

/** Starts a sign-in, and says where to approve it, or why there is none. */
@Path("start")
public class StartResource {

    @Inject
    DeviceAuthorization client;

    @GET
    public String start() {
        try {
            return client.start().verificationUri().toString();
        } catch (DeviceAuthorizationException e) {
            return e.getMessage();
        }
    }
}
