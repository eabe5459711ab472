package io.quarkiverse.deviceauthorization.it.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownEvent;

/** Tells that the application has begun to stop. */
@ApplicationScoped
class Stopping {

    void stop(@Observes ShutdownEvent event) {
        Output.line("stopping");
    }
}
