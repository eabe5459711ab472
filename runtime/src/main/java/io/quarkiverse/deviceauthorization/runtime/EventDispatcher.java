package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanContainer;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.protocol.Events;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.UnderWay;

/**
 * Hands events to CDI observers: one after another, on a worker thread, so that an observer may block and none holds up the
 * polling. What nobody observes goes nowhere.
 */
final class EventDispatcher implements Events {

    private static final Logger LOG = Logger.getLogger(EventDispatcher.class);

    private final BeanContainer beans;
    private final Event<Object> events;
    private final Executor apart;
    private final Executor executor;
    private final Telemetry telemetry;
    private final Queue<Told> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Class<?>, Boolean> observed = new ConcurrentHashMap<>();
    private final UnderWay underWay = new UnderWay();
    private volatile boolean closed;

    /**
     * @param event what has happened
     * @param scope surrounds those who hear of it
     */
    private record Told(DeviceAuthorizationEvent event, Telemetry.Scope scope) {
    }

    /**
     * @param apart leaves the context of the request that is served now
     * @param executor its threads may be blocked
     * @param telemetry surrounds observers with what they hear of
     */
    EventDispatcher(BeanContainer beans, Event<Object> events, Executor apart, Executor executor, Telemetry telemetry) {
        this.beans = beans;
        this.events = events;
        this.apart = apart;
        this.executor = executor;
        this.telemetry = telemetry;
    }

    @Override
    public boolean wants(Class<? extends DeviceAuthorizationEvent> kind) {
        return !closed && !Boolean.FALSE.equals(observed.get(kind));
    }

    @Override
    public void accept(DeviceAuthorizationEvent event) {
        if (!wants(event.getClass()) || !observed.computeIfAbsent(event.getClass(), kind -> isObserved(event))) {
            return;
        }
        underWay.begin();
        waiting.add(new Told(event, telemetry.telling(event)));
        if (count.getAndIncrement() == 0) {
            // the observers of this event, and of others that wait by then, are not part of the request that is served now
            handOver(() -> apart.execute(() -> handOver(() -> executor.execute(this::dispatch))));
        }
    }

    private void handOver(Runnable next) {
        try {
            next.run();
        } catch (RejectedExecutionException e) {
            int dropped = count.getAndSet(0);
            LOG.debugf("%s events are dropped: the application is shutting down", dropped);
            waiting.clear();
            for (int i = 0; i < dropped; i++) {
                underWay.end();
            }
        }
    }

    /**
     * Waits until what has happened is told, and tells nothing any more: observers go with the application.
     *
     * @param atMost how long to wait
     * @throws InterruptedException if the thread is interrupted
     */
    void close(Duration atMost) throws InterruptedException {
        underWay.awaitEnd(atMost);
        closed = true;
    }

    private boolean isObserved(DeviceAuthorizationEvent event) {
        return !beans.resolveObserverMethods(event).isEmpty();
    }

    private void dispatch() {
        do {
            Told next = waiting.poll();
            try {
                if (!closed) {
                    // each in a context of its own: they run at the same time
                    next.scope.run(() -> tell(next.event, this::fireAsync));
                    next.scope.run(() -> tell(next.event, this::fire));
                }
            } finally {
                underWay.end();
            }
        } while (count.decrementAndGet() > 0);
    }

    private static void tell(DeviceAuthorizationEvent event, Consumer<DeviceAuthorizationEvent> fire) {
        try {
            fire.accept(event);
        } catch (Throwable e) { // also an Error of an observer: the others still have to hear of what comes next
            LOG.errorf(e, "An observer of %s failed", event.getClass().getSimpleName());
        }
    }

    private <E extends DeviceAuthorizationEvent> void fireAsync(E event) {
        underWay.begin();
        typed(event).fireAsync(event).whenComplete((told, problem) -> {
            underWay.end();
            if (problem != null) {
                telemetry.telling(event).run(() -> LOG.errorf(problem, "An asynchronous observer of %s failed",
                        event.getClass().getSimpleName()));
            }
        });
    }

    private <E extends DeviceAuthorizationEvent> void fire(E event) {
        typed(event).fire(event);
    }

    @SuppressWarnings("unchecked")
    private <E extends DeviceAuthorizationEvent> Event<E> typed(E event) {
        return (Event<E>) events.select(event.getClass());
    }
}
