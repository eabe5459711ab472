package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Runs file work, some at a time, on threads of its own, which end when they have nothing to do for a while. Not on the worker
 * threads of Quarkus: those may all be taken by callers who wait for it. What callers do with the result is done on the same
 * thread, and may take its time, since that thread is not counted any more.
 */
final class FileExecutor implements Executor {

    private static final Logger LOG = Logger.getLogger(FileExecutor.class);
    private static final int AT_A_TIME = 4;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ThreadFactory factory;
    private final AtomicLong numbers = new AtomicLong();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE.toMillis(),
            TimeUnit.MILLISECONDS, new SynchronousQueue<>(), this::thread);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int working;

    FileExecutor() {
        this(Thread::new);
    }

    /** @param factory makes threads, as long as there can be another one */
    FileExecutor(ThreadFactory factory) {
        this.factory = factory;
    }

    private Thread thread(Runnable work) {
        Thread thread = factory.newThread(work);
        thread.setName("device-authorization-files-" + numbers.incrementAndGet());
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
     * @return the result, or what the work throws
     */
    <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom().emitter(emitter -> submit(() -> {
            try {
                T result = work.get();
                return () -> emitter.complete(result);
            } catch (Throwable e) {
                return () -> emitter.fail(e);
            }
        }));
    }

    private synchronized void submit(Supplier<Runnable> task) {
        waiting.add(() -> {
            Runnable told;
            try {
                told = task.get();
            } finally {
                finished();
            }
            told.run();
        });
        start();
    }

    private void start() {
        while (working < AT_A_TIME && !waiting.isEmpty()) {
            threads.execute(waiting.peek()); // throws when there can't be another thread, and then it waits on
            waiting.remove();
            working++;
        }
    }

    private synchronized void finished() {
        working--;
        try {
            start();
        } catch (OutOfMemoryError e) {
            LOG.warnf("There can't be another thread for files, and who needs one has to wait: %s", e.getMessage());
        }
    }
}
