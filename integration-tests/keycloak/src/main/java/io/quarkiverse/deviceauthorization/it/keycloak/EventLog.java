package io.quarkiverse.deviceauthorization.it.keycloak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;

/** What the extension told this process. */
@ApplicationScoped
class EventLog {

    private final List<DeviceAuthorizationEvent> events = new CopyOnWriteArrayList<>();

    void note(@Observes DeviceAuthorizationEvent event) {
        events.add(event);
    }

    /** Returns the kinds of events that concern one owner, the first one first. */
    List<String> of(String owner) {
        return events.stream().filter(event -> event.owner().equals(owner)).map(event -> event.getClass().getSimpleName())
                .toList();
    }
}
