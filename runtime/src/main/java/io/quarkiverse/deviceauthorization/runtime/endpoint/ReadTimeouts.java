package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.impl.ContextInternal;

/**
 * Ends requests whose answers don't come, or stop coming, in time.
 * <p>
 * The time-outs of HTTP go by the clock: a process that stood still, stopped or swapped out, would close its connections when
 * it wakes up, and throw away the answers that wait in its sockets, an approved sign-in among them. So they are switched off
 * for each request at once, and time is counted in ticks: however long the process stood still, that is one. So no timer may
 * count them that makes up for those it missed, as periodic ones of Vert.x do.
 */
final class ReadTimeouts {

    private static final long LONGEST_TICK = 100;
    private static final long NEVER = Duration.ofDays(1).toMillis();

    /** A request that waits for its answer. */
    static final class Waiting {

        private final HttpClientRequest request;
        private final EventLoop eventLoop;
        private volatile int ticks;
        private volatile boolean begun;

        private Waiting(HttpClientRequest request, EventLoop eventLoop) {
            this.request = request;
            this.eventLoop = eventLoop;
        }

        /** The answer has begun: its body has as much time again. */
        void begins() {
            begun = true;
            ticks = 0;
        }

        void ends() {
            eventLoop.waiting.remove(this);
        }

        private void end() {
            if (begun) {
                request.reset();
            } else {
                request.reset(0, new TimeoutException());
            }
        }
    }

    private final long tick;
    private final int most;
    private final Map<Thread, EventLoop> eventLoops = new ConcurrentHashMap<>();

    ReadTimeouts(Duration time) {
        long millis = Math.max(1, time.toMillis());
        this.tick = Math.max(1, Math.min(LONGEST_TICK, millis / 4));
        this.most = (int) Math.min(Integer.MAX_VALUE, millis / tick);
    }

    /** Called on an event loop. */
    Waiting watch(HttpClientRequest request) {
        EventLoop eventLoop = eventLoops.computeIfAbsent(Thread.currentThread(), same -> new EventLoop());
        // it may be a timer of another event loop than ours, and the first one when the process wakes up
        request.idleTimeout(NEVER);
        Waiting waiting = new Waiting(request, eventLoop);
        eventLoop.add(waiting);
        return waiting;
    }

    /** The requests of one event loop, which its timer counts the ticks of. */
    private final class EventLoop {

        private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
        private boolean ticking;

        private void add(Waiting request) {
            waiting.add(request);
            if (!ticking) {
                ticking = true;
                tickLater();
            }
        }

        /** Not by Vertx itself: its timers end with the verticle that they are set in, and other requests wait here too. */
        private void tickLater() {
            ((ContextInternal) Vertx.currentContext()).setTimer(tick, timer -> tick());
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // others only set it to zero, and one tick more or less doesn't count
        private void tick() {
            if (waiting.isEmpty()) {
                ticking = false;
                return;
            }
            tickLater();
            for (Iterator<Waiting> all = waiting.iterator(); all.hasNext();) {
                Waiting next = all.next();
                if (++next.ticks > most) {
                    all.remove();
                    next.end();
                }
            }
        }
    }
}
