package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.deviceauthorization.TooManyPendingAuthorizationsException;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.Leaving;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;

/**
 * The flows of one client that have not ended, as far as this process knows them, and how many more may be started. One that
 * nobody asks for any more is forgotten here some time after its codes have ended; the store may still know it.
 */
final class PendingFlows {

    /** For how long after their end flows are remembered: somebody may be about to ask. */
    static final Duration LINGER = Duration.ofMinutes(1);

    private final String client;
    private final int most;
    private final Agenda agenda;
    private final Timer timer;
    private final Telemetry telemetry;
    private final Map<String, Flow> byId = new ConcurrentHashMap<>();
    private final AtomicInteger places = new AtomicInteger();

    PendingFlows(String client, int most, Agenda agenda, Timer timer, Telemetry telemetry) {
        this.client = client;
        this.most = most;
        this.agenda = agenda;
        this.timer = timer;
        this.telemetry = telemetry;
    }

    /** The place of a flow that is being started. */
    final class Place extends AtomicBoolean {

        private static final long serialVersionUID = 1L;

        /** It was not started, unless it has been. */
        void free() {
            if (compareAndSet(false, true)) {
                places.decrementAndGet();
            }
        }

        /** @return whether it was still there for the flow, which has been started */
        private boolean take() {
            return compareAndSet(false, true);
        }
    }

    /**
     * @return a place for one more flow
     * @throws TooManyPendingAuthorizationsException if there is none
     */
    Place reserve() {
        forgetRested();
        if (places.incrementAndGet() > most) {
            places.decrementAndGet();
            String key = ConfigKeys.key(client, "polling.max-pending");
            throw new TooManyPendingAuthorizationsException(most + " sign-ins of " + ConfigKeys.describe(client)
                    + " are pending in this process, and no more are allowed. Nothing was sent: try again when some of them have"
                    + " ended, or set " + key + " to more");
        }
        return new Place();
    }

    /** Adds a flow that has been started. */
    void started(Flow flow, Place place) {
        flow.rest();
        byId.put(flow.id(), flow);
        if (!place.take()) {
            places.incrementAndGet(); // whoever started it has gone meanwhile: the flow is there all the same
        }
    }

    /**
     * Adds a flow that was started elsewhere, or before. It is never refused: a person may have approved it.
     *
     * @return the flow, or the one that was there already
     */
    Flow takenOver(Flow flow) {
        forgetRested();
        flow.rest();
        Flow first = byId.putIfAbsent(flow.id(), flow);
        if (first != null) {
            agenda.remove(flow);
            return first;
        }
        places.incrementAndGet();
        telemetry.resumed(flow.stored());
        return flow;
    }

    /** @return how many there are */
    int count() {
        forgetRested();
        return byId.size();
    }

    /** @return the flow, or null */
    Flow find(String id) {
        return byId.get(id);
    }

    void remove(Flow flow, Leaving reason) {
        agenda.remove(flow);
        if (byId.remove(flow.id(), flow)) {
            places.decrementAndGet();
            telemetry.left(flow.stored(), reason);
        }
    }

    /** Whoever is about to wait for it may have found it already: that is before, and keeps it, or after, and wakes it up. */
    void removeIfIdle(Flow flow, Leaving reason) {
        synchronized (flow) {
            if (flow.idle()) {
                remove(flow, reason);
            }
        }
    }

    /** Nobody may ever ask for a flow again; one that somebody waits for ends itself. */
    private void forgetRested() {
        for (Flow flow = rested(); flow != null; flow = rested()) {
            removeIfIdle(flow, Leaving.FORGOTTEN);
        }
    }

    private Flow rested() {
        return (Flow) agenda.rested(timer.nanoTime());
    }

    /** @return the flows, which are not remembered any more */
    Collection<Flow> clear() {
        List<Flow> all = List.copyOf(byId.values());
        all.forEach(flow -> remove(flow, Leaving.STOPPED));
        return all;
    }
}
