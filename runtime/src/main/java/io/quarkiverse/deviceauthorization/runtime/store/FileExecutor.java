package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

/**
 * Runs file work, some at a time, on threads of its own, which end when they have nothing to do for a while. Not on the worker
 * threads of Quarkus: those may all be taken by callers who wait for it. What callers do with the result is done on the same
 * thread, and may take its time, since that thread is not counted any more.
 */
public final class FileExecutor implements Executor {

    private static final int AT_A_TIME = 4;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final AtomicLong numbers = new AtomicLong();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE.toMillis(),
            TimeUnit.MILLISECONDS, new SynchronousQueue<>(), this::thread);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int working;

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "device-authorization-files-" + numbers.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Runs something that is no file work, and may wait for others. */
    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /**
     * @param work what to do when somebody wants the result
     * @param unwanted takes the result when nobody wants it any more
     * @return the result, or what the work throws
     */
    public <T> Uni<T> run(Supplier<T> work, Consumer<T> unwanted) {
        return Uni.createFrom().emitter(emitter -> {
            Delivery<T> delivery = new Delivery<>(unwanted);
            emitter.onTermination(delivery::terminated);
            submit(() -> {
                Runnable told;
                try {
                    T result = work.get();
                    told = () -> delivery.deliver(result, emitter::complete);
                } catch (Throwable e) {
                    told = () -> emitter.fail(e);
                }
                return told;
            });
        });
    }

    private synchronized void submit(Supplier<Runnable> task) {
        Runnable counted = () -> {
            Thread.interrupted(); // what a caller did to this thread before is no matter of this work, and would close its files
            Runnable told;
            try {
                told = task.get();
            } finally {
                next();
            }
            told.run();
        };
        if (working < AT_A_TIME) {
            working++;
            threads.execute(counted);
        } else {
            waiting.add(counted);
        }
    }

    private synchronized void next() {
        Runnable first = waiting.poll();
        if (first == null) {
            working--;
        } else {
            threads.execute(first);
        }
    }

    /** Hands a result to whoever waits for it, or gives it back when nobody does any more. */
    private static final class Delivery<T> {

        private final Consumer<T> unwanted;
        private Thread deliverer;
        private T result;
        private boolean cancelled;

        private Delivery(Consumer<T> unwanted) {
            this.unwanted = unwanted;
        }

        private void deliver(T made, Consumer<T> receiver) {
            boolean tooLate;
            synchronized (this) {
                deliverer = Thread.currentThread();
                result = made;
                tooLate = cancelled;
            }
            (tooLate ? unwanted : receiver).accept(made);
        }

        /** Is called when the result has been received as well, but then by the one who delivers it. */
        private void terminated() {
            T late;
            synchronized (this) {
                if (deliverer == Thread.currentThread()) {
                    return;
                }
                cancelled = true;
                late = deliverer == null ? null : result;
            }
            if (late != null) {
                unwanted.accept(late); // cancelled in the very moment in which it would have been received
            }
        }
    }
}
