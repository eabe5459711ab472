package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.smallrye.mutiny.Uni;

/**
 * Counts what an application that stops should not cut off: a request whose answer can bring tokens, until they are stored.
 */
public final class UnderWay {

    /** No lock for each poll: only who brings it to zero looks whether somebody waits. */
    private final AtomicInteger count = new AtomicInteger();

    public void begin() {
        count.incrementAndGet();
    }

    public void end() {
        if (count.decrementAndGet() == 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** @return the same work, which is counted */
    public <T> Uni<T> count(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            begin();
            return work.onTermination().invoke(this::end);
        });
    }

    /**
     * Waits until nothing is under way any more.
     *
     * @param atMost how long to wait
     * @return whether nothing is
     * @throws InterruptedException if the thread is interrupted
     */
    public synchronized boolean awaitEnd(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = end - System.nanoTime(); count.get() > 0 && left > 0; left = end - System.nanoTime()) {
            wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
        return count.get() == 0;
    }
}
