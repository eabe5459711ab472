package org.acme;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.deviceauthorization.filter.OwnerResolver;
import io.quarkiverse.deviceauthorization.filter.RestCall;

// tag::resolver[]
@ApplicationScoped
public class ScreenOwner implements OwnerResolver {

    private final CurrentScreen screen; // <1>

    ScreenOwner(CurrentScreen screen) {
        this.screen = screen;
    }

    @Override
    public Optional<String> owner(RestCall call) {
        return screen.name(); // <2>
    }
}
// end::resolver[]
