package io.quarkiverse.deviceauthorization.it.keycloak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;

/** What the extension told the application. */
@ApplicationScoped
class RecordedEvents {

    private final List<DeviceAuthorizationEvent> events = new CopyOnWriteArrayList<>();

    void record(@Observes DeviceAuthorizationEvent event) {
        events.add(event);
    }

    /** Returns the events of one kind that concern one owner, the first one first. */
    <E extends DeviceAuthorizationEvent> List<E> of(Class<E> kind, String owner) {
        return events.stream().filter(kind::isInstance).map(kind::cast).filter(event -> event.owner().equals(owner)).toList();
    }
}
