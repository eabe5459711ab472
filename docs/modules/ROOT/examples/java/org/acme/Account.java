package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;

@ApplicationScoped
public class Account {

    // tag::inject[]
    @Inject
    DeviceAuthorization deviceAuthorization;

    Tokens tokens() {
        return deviceAuthorization.login(); // stored, refreshed, or those of a person who signs in now
    }
    // end::inject[]
}
