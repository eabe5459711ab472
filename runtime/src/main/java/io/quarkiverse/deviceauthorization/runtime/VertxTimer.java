package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;

import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/** Timers of Vert.x: they hold no thread. */
final class VertxTimer implements Timer {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;

    VertxTimer(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Rounds up: a timer that is early would find that it is not time yet. */
    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        long millis = Math.max(1, (delay.toNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        long id = root().setTimer(millis, ignored -> task.run());
        return () -> vertx.cancelTimer(id);
    }

    /** Runs a task apart from the request that is served on this thread. */
    void apart(Runnable task) {
        root().runOnContext(ignored -> task.run());
    }

    /**
     * The context of a request ends with it, is its caller's, and each call of a REST client adds another to it: what goes on
     * later, or is told to others, must not hold on to it.
     */
    private ContextInternal root() {
        return ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    }
}
