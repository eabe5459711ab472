package org.acme;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;

@ApplicationScoped
public class Accounts {

    private final DeviceAuthorization deviceAuthorization;

    Accounts(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    public String signIn(String account) {
        // tag::follow[]
        PendingAuthorization pending = deviceAuthorization.forOwner(account).start();
        deviceAuthorization.forOwner(account).follow(pending); // <1>
        return pending.id(); // <2>
        // end::follow[]
    }

    public Optional<PollResult> status(String account, String id) {
        // tag::ask[]
        DeviceAuthorization client = deviceAuthorization.forOwner(account);
        return client.resume(id).map(client::poll);
        // end::ask[]
    }
}
