package io.quarkiverse.deviceauthorization.it.redis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;

/** Notes how each flow ends. */
@ApplicationScoped
class Events {

    private final NodeJournal journal;

    Events(NodeJournal journal) {
        this.journal = journal;
    }

    void approved(@Observes Approved event) {
        journal.write("Approved", event.id(), event.owner());
    }

    void denied(@Observes Denied event) {
        journal.write("Denied", event.id(), event.owner());
    }

    void expired(@Observes Expired event) {
        journal.write("Expired", event.id(), event.owner());
    }

    void cancelled(@Observes Cancelled event) {
        journal.write("Cancelled", event.id(), event.owner());
    }

    void failed(@Observes Failed event) {
        journal.write("Failed", event.id(), event.owner(), event.error());
    }

    void gaveUp(@Observes GaveUp event) {
        journal.write("GaveUp", event.id(), event.owner());
    }

    void refreshRejected(@Observes RefreshRejected event) {
        journal.write("RefreshRejected", "-", event.owner(), event.error());
    }
}
