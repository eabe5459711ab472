package io.quarkiverse.deviceauthorization.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.runtime.logging.FlowMdc;
import io.smallrye.mutiny.Uni;

/**
 * A flow that is shown, to however many callers: its prompt is told one thing after another, on threads that may be blocked.
 */
final class PromptedFlow {

    private static final Logger LOG = Logger.getLogger(PromptedFlow.class);

    private final PendingAuthorization pending;
    private final Prompt prompt;
    private final Executor executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Uni<Void> shown;
    private int waiting;
    private boolean over;

    PromptedFlow(PendingAuthorization pending, Prompt prompt, Executor executor) {
        this.pending = pending;
        this.prompt = prompt;
        this.executor = executor;
        this.shown = Uni.createFrom().<Void> emitter(emitter -> execute(() -> {
            try {
                prompt.show(pending);
                emitter.complete(null);
            } catch (Throwable problem) { // also an Error: who waits has to hear of it
                notShown();
                emitter.fail(problem);
            }
        })).memoize().indefinitely();
    }

    private synchronized void notShown() {
        over = true;
    }

    PendingAuthorization pending() {
        return pending;
    }

    /** @return completes once it has been shown, and fails if it can't be */
    Uni<Void> shown() {
        return shown;
    }

    /** @return whether one more caller waits for it: not if it is over */
    synchronized boolean join() {
        if (!over) {
            waiting++;
        }
        return !over;
    }

    /** @return whether nobody waits any more */
    synchronized boolean leave() {
        return --waiting == 0 && !over;
    }

    synchronized void tell(DeviceAuthorizationEvent event) {
        if (!over) {
            execute(() -> prompt.onEvent(pending, event));
        }
    }

    /**
     * Ends it, once.
     *
     * @param how how it ended, or null if it only isn't waited for
     */
    synchronized void end(DeviceAuthorizationEvent how) {
        if (over) {
            return;
        }
        over = true;
        if (how != null) {
            execute(() -> prompt.onEvent(pending, how));
        }
        execute(() -> prompt.hide(pending));
    }

    /** @return completes when the prompt has been told all there was */
    Uni<Void> told() {
        return Uni.createFrom().emitter(emitter -> execute(() -> emitter.complete(null)));
    }

    private void execute(Runnable task) {
        tasks.add(task);
        if (count.getAndIncrement() == 0) {
            try {
                executor.execute(this::work);
            } catch (RejectedExecutionException e) {
                work(); // the application is shutting down: the terminal is left tidy all the same
            }
        }
    }

    private void work() {
        do {
            FlowMdc.run(pending, () -> run(tasks.remove()));
        } while (count.decrementAndGet() > 0);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // also an Error: what comes next has to be told, too
            LOG.warnf(e, "The prompt %s failed", prompt.getClass().getName());
        }
    }
}
