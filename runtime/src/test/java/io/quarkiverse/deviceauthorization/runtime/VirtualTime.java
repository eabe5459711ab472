package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;

/** A clock that stands still until it is advanced, and timers that then run on the test's own thread. */
public final class VirtualTime implements Timer, InstantSource {

    private record Task(long at, long number, Runnable work) {
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long nanos;
    private Duration clockIsAhead = Duration.ZERO;
    private double wallClockSpeed = 1;
    private long numbers;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return START.plusNanos((long) (nanos * wallClockSpeed)).plus(clockIsAhead);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable work) {
        Task task = new Task(nanos + Math.max(0, delay.toNanos()), numbers++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Lets time pass, and runs what becomes due, each at its own moment. */
    public void advance(Duration time) {
        long end = nanos + time.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at <= end) {
            Task task = tasks.poll();
            nanos = Math.max(nanos, task.at);
            task.work.run();
        }
        nanos = end;
    }

    /** Lets time pass while the process stands still, as when it is paused: what becomes due meanwhile is late. */
    public void standStill(Duration time) {
        nanos += time.toNanos();
    }

    /** Lets the clock go faster or slower than the time that passes, as on some virtual machines; from the start on. */
    public void wallClockSpeed(double speed) {
        wallClockSpeed = speed;
    }

    /** Sets the clock, as an operator or a time server does, without any time passing. */
    public void setClockForward(Duration jump) {
        clockIsAhead = clockIsAhead.plus(jump);
    }

    /** Lets seconds pass. */
    public void advance(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    /** @return the seconds since the start */
    public double seconds() {
        return nanos / 1e9;
    }

    /** @return how many timers wait */
    public int timers() {
        return tasks.size();
    }
}
