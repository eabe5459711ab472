package io.quarkiverse.deviceauthorization.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;

/** The timers of one process, which can be killed, or stand still for some time. */
public final class NodeTime implements Timer {

    private final String name;
    private final VirtualTime time;
    private final List<Runnable> missed = new ArrayList<>();
    private boolean killed;
    private boolean paused;

    public NodeTime(VirtualTime time) {
        this("here", time);
    }

    /** @param name for whoever wants to know what has happened */
    public NodeTime(String name, VirtualTime time) {
        this.name = name;
        this.time = time;
    }

    @Override
    public String toString() {
        return name;
    }

    public void kill() {
        killed = true;
    }

    public void pause() {
        paused = true;
    }

    public void goOn() {
        paused = false;
        List<Runnable> due = List.copyOf(missed);
        missed.clear();
        due.forEach(this::run);
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        boolean[] cancelled = { false };
        Cancellable timer = time.schedule(delay, () -> run(() -> {
            if (!cancelled[0]) {
                task.run();
            }
        }));
        return () -> {
            cancelled[0] = true;
            timer.cancel();
        };
    }

    private void run(Runnable task) {
        if (paused) {
            missed.add(task);
        } else if (!killed) {
            task.run();
        }
    }
}
