package io.quarkiverse.deviceauthorization.it.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;

/** Tells what the extension tells. */
@ApplicationScoped
class Events {

    void during(@Observes DeviceAuthorizationEvent event) {
        Output.line("event", event);
    }

    void after(@ObservesAsync DeviceAuthorizationEvent event) {
        Output.line("event", event);
    }
}
