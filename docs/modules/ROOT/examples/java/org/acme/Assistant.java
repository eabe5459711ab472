package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;

@ApplicationScoped
public class Assistant {

    // tag::client[]
    @Inject
    @DeviceAuthorizationName("notes") // <1>
    DeviceAuthorization notes;

    public void begin() {
        notes.login(); // <2>
        // … and from here on let the model use the tools of the MCP server …
    }
    // end::client[]
}
