package io.quarkiverse.deviceauthorization.it.minimal;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;

/** An application with nothing but the extension. */
@ApplicationScoped
public class Kiosk {

    private final DeviceAuthorization deviceAuthorization;

    Kiosk(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    public PendingAuthorization start() {
        return deviceAuthorization.start();
    }

    public Tokens await(PendingAuthorization pending) {
        return deviceAuthorization.await(pending);
    }
}
