package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;

import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;

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
        long id = vertx.setTimer(millis, ignored -> task.run());
        return () -> vertx.cancelTimer(id);
    }
}
