package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.netty.util.NettyRuntime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/**
 * Timers of Vert.x: they hold no thread. They fire on event loops by turns, on contexts that are made once: what goes on from
 * there, such as a poll, uses the connections of its event loop, and one context for each of them would be one too many.
 */
final class VertxTimer implements Timer {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile ContextInternal[] eventLoops;

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
        if (delay.isZero() || delay.isNegative()) {
            return soon(task);
        }
        long millis = (delay.toNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        long id = next().setTimer(millis, ignored -> task.run());
        return () -> vertx.cancelTimer(id);
    }

    /** A timer would be a millisecond late, and thousands of polls that are due would be so one after the other. */
    private Cancellable soon(Runnable task) {
        AtomicBoolean cancelled = new AtomicBoolean();
        ContextInternal here = Context.isOnEventLoopThread() ? root() : next();
        here.runOnContext(ignored -> {
            if (!cancelled.get()) {
                task.run();
            }
        });
        return () -> cancelled.set(true);
    }

    private ContextInternal next() {
        ContextInternal[] known = eventLoops;
        if (known == null) {
            known = Stream.generate(((VertxInternal) vertx)::createEventLoopContext)
                    .limit(NettyRuntime.availableProcessors()).toArray(ContextInternal[]::new);
            eventLoops = known;
        }
        return known[Math.floorMod(turn.getAndIncrement(), known.length)];
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
