package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;

@ApplicationScoped
public class Stories {

    // tag::named[]
    @Inject
    @DeviceAuthorizationName("yoto")
    DeviceAuthorization yoto;
    // end::named[]

    // tag::tokens[]
    public String authorization(String account) {
        try {
            return yoto.forOwner(account).tokens().authorizationHeader(); // <1>
        } catch (AuthorizationRequiredException e) {
            return "none"; // <2>
        }
    }
    // end::tokens[]

    public void endOfSeason(String account) {
        // tag::owners[]
        yoto.forOwner(account).logout(); // <1>

        int signedIn = yoto.owners().size(); // <2>

        yoto.logoutAll(); // <3>
        // end::owners[]
        if (signedIn == 0) {
            throw new IllegalStateException("Nobody was signed in");
        }
    }
}
