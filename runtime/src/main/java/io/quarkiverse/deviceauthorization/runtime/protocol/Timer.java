package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.time.Duration;

import io.smallrye.mutiny.subscription.Cancellable;

/** Runs something later, without a thread that waits, and measures intervals. */
public interface Timer {

    /** @return nanoseconds that only go forward, as {@link System#nanoTime()} */
    long nanoTime();

    /**
     * @param delay how long from now; zero or less is at once, but not on the caller's stack
     * @param task what to run; doesn't block
     * @return cancels it
     */
    Cancellable schedule(Duration delay, Runnable task);
}
