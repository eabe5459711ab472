package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;

/** The timers of one process, which can be killed, or stand still for some time. */
final class NodeTime implements Timer {

    private final VirtualTime time;
    private final List<Runnable> missed = new ArrayList<>();
    private boolean killed;
    private boolean paused;

    NodeTime(VirtualTime time) {
        this.time = time;
    }

    void kill() {
        killed = true;
    }

    void pause() {
        paused = true;
    }

    void goOn() {
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
