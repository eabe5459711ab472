{#if input.selected-extensions-ga.contains('io.quarkus:quarkus-rest') or input.selected-extensions-ga.contains('io.quarkus:quarkus-rest-jackson')}<SKIP>{#else}package org.acme;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class SignIn {

    private final DeviceAuthorization deviceAuthorization;

    public SignIn(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    /** Shows a code and waits until somebody approves on another device, unless somebody is signed in already. */
    public String greet() {
        JsonWebToken person = deviceAuthorization.login().identity().orElseThrow();
        return "Hello " + person.getClaim("name");
    }

}
{/if}