package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;

@ApplicationScoped
public class Reports {

    // tag::inject[]
    @Inject
    @DeviceAuthorizationName("office") // <1>
    OidcClient client;

    @Inject
    @DeviceAuthorizationName("office")
    Tokens tokens; // <2>
    // end::inject[]

    public String authorization() {
        return "Bearer " + tokens.getAccessToken();
    }
}
