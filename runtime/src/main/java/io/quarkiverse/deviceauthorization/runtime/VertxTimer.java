package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/**
 * Timers of Vert.x: they hold no thread. They fire on contexts that are made once for each event loop: what goes on from there,
 * such as a poll, would have to have another one made each time.
 * <p>
 * A timer that is set on an event loop fires on that: there are the connections that its flow was started with, and a request
 * on a connection of another one would wake up two threads more. What is to be done at once is left to the next event loop:
 * this
 * one has something to do already.
 */
final class VertxTimer implements Timer {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final VertxInternal vertx;
    private final Map<EventLoop, ContextInternal> contexts = new ConcurrentHashMap<>();

    VertxTimer(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Rounds up: a timer that is early would find that it is not time yet. */
    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        if (delay.isZero() || delay.isNegative()) {
            return soon(task);
        }
        long millis = (delay.toNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        ContextInternal context = Context.isOnEventLoopThread() ? own(current().nettyEventLoop()) : next();
        long id = context.setTimer(millis, ignored -> task.run());
        return () -> vertx.cancelTimer(id);
    }

    /** A timer would be a millisecond late, and thousands of polls that are due would be so one after the other. */
    private Cancellable soon(Runnable task) {
        AtomicBoolean cancelled = new AtomicBoolean();
        next().runOnContext(ignored -> {
            if (!cancelled.get()) {
                task.run();
            }
        });
        return () -> cancelled.set(true);
    }

    private ContextInternal next() {
        return own(vertx.getEventLoopGroup().next());
    }

    private ContextInternal own(EventLoop eventLoop) {
        ContextInternal known = contexts.get(eventLoop);
        return known != null ? known
                : contexts.computeIfAbsent(eventLoop,
                        same -> vertx.createEventLoopContext(same, null, Thread.currentThread().getContextClassLoader()));
    }

    /**
     * Runs a task apart from the request that is served on this thread: the context of a request ends with it, is its caller's,
     * and each call of a REST client adds another to it.
     */
    void apart(Runnable task) {
        current().unwrap().runOnContext(ignored -> task.run());
    }

    private ContextInternal current() {
        return vertx.getOrCreateContext();
    }
}
