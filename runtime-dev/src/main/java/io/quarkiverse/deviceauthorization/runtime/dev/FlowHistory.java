package io.quarkiverse.deviceauthorization.runtime.dev;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.FlowEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;

/** What has happened to flows and tokens since the application started in dev mode, as far back as it is kept. */
@Singleton
public class FlowHistory {

    static final int MOST_TIMELINES = 100;
    static final int MOST_ENTRIES = 200;

    private record Subject(String client, String owner, Optional<String> flow) {
    }

    private final InstantSource clock;
    private final Map<Subject, Timeline> timelines = new LinkedHashMap<>();
    private final BroadcastProcessor<FlowView> changes = BroadcastProcessor.create();

    @Inject
    FlowHistory() {
        this(Clock.systemUTC());
    }

    FlowHistory(InstantSource clock) {
        this.clock = clock;
    }

    /** Before the observers of the application, which may take their time. */
    void happened(@Observes @Priority(LIBRARY_BEFORE) DeviceAuthorizationEvent event) {
        changes.onNext(add(event));
    }

    /** @return what has happened, latest flows first */
    synchronized List<FlowView> all() {
        List<FlowView> all = new ArrayList<>();
        timelines.values().forEach(timeline -> all.add(0, timeline.view()));
        return all;
    }

    /** @return each flow that something happens to from now on */
    Multi<FlowView> changes() {
        return changes;
    }

    /** @return how many flows wait for a person */
    synchronized int waiting() {
        long now = clock.millis();
        return (int) timelines.values().stream().filter(timeline -> timeline.waits(now)).count();
    }

    private synchronized FlowView add(DeviceAuthorizationEvent event) {
        Subject subject = new Subject(event.client(), event.owner(),
                event instanceof FlowEvent flow ? Optional.of(flow.id()) : Optional.empty());
        Timeline timeline = timelines.get(subject);
        if (timeline == null) {
            makeRoom();
            timeline = new Timeline(event.client(), event.owner(), subject.flow.orElse(null), MOST_ENTRIES);
            timelines.put(subject, timeline);
        }
        timeline.add(event, clock.millis());
        return timeline.view();
    }

    /** The oldest one that is over goes first, or else the oldest one. */
    private void makeRoom() {
        if (timelines.size() < MOST_TIMELINES) {
            return;
        }
        Iterator<Timeline> oldestFirst = timelines.values().iterator();
        while (oldestFirst.hasNext()) {
            if (oldestFirst.next().isOver()) {
                oldestFirst.remove();
                return;
            }
        }
        timelines.remove(timelines.keySet().iterator().next());
    }
}
