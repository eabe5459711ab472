package io.quarkiverse.deviceauthorization.benchmarks.startup;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;

/** Could sign people in, and nobody asks it to. */
@Path("/sign-in")
public class SignInResource {

    private final DeviceAuthorization deviceAuthorization;

    SignInResource(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    @GET
    public String start() {
        return deviceAuthorization.start().userCode();
    }
}
