package io.quarkiverse.deviceauthorization.runtime;

import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * The context of Vert.x that a caller is in. Work that callers share ends in the context of the one who has come first, and a
 * poll in one of nobody: to go on there would be to go on in another request, with its trace and its database session.
 */
final class CallersEventLoop {

    private CallersEventLoop() {
    }

    /**
     * @param work begins when the result is subscribed to
     * @return its result, in the context of an event loop that it is subscribed to in; callers on other threads may block them,
     *         so theirs comes where it comes
     */
    static <T> Uni<T> keep(Supplier<Uni<T>> work) {
        return Step.deferred(() -> {
            ContextInternal own = Context.isOnEventLoopThread() ? (ContextInternal) Vertx.currentContext() : null;
            return own == null ? work.get() : work.get().emitOn(next -> run(next, own));
        });
    }

    /** At once where the event loop is this thread: one more turn of it would cost as much as reading an answer. */
    private static void run(Runnable next, ContextInternal own) {
        own.emit(next, Runnable::run);
    }
}
