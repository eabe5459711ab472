package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * What the flows of one client do next, and when: each polls when it is due, the one that has been due for longest first, and
 * no more of them at once than the limit allows. A flow that nobody asks for rests here until it can be forgotten.
 * <p>
 * There is one timer for all of them, which waits for the earliest: a hundred thousand flows with a timer each would take a
 * third more memory.
 */
final class Agenda {

    /** Something that is done at its time. */
    abstract static class Item extends TimeHeap.Entry {

        /**
         * It is time. Is told outside of any lock of the agenda.
         *
         * @return whether it has begun, so that {@link Agenda#end()} will be called; false if it was not to be done any more
         */
        abstract boolean due();
    }

    /** How many begin one after the other on one event loop, before others have their turn on it. */
    private static final int BATCH = 64;

    private final Timer timer;
    private final int most;
    private final TimeHeap due = new TimeHeap();
    private final TimeHeap resting = new TimeHeap();
    private Cancellable armed;
    private long armedFor;
    private int turn;
    private int underWay;
    private boolean waiting;
    private boolean stopped;

    /**
     * @param timer wakes it up
     * @param most how many may be under way at once
     */
    Agenda(Timer timer, int most) {
        this.timer = timer;
        this.most = most;
    }

    /**
     * Lets an item be done at its time, or as soon after it as there is room.
     *
     * @param at the time, by {@link Timer#nanoTime()}
     */
    synchronized void schedule(Item item, long at) {
        if (!stopped) {
            due.put(item, at);
            arm();
        }
    }

    /** Lets an item rest. Nothing wakes up for it: it is found by {@link #rested} when somebody looks. */
    synchronized void rest(Item item, long until) {
        if (!stopped) {
            resting.put(item, until);
            arm();
        }
    }

    /** Forgets an item. */
    synchronized void remove(Item item) {
        TimeHeap.remove(item);
        arm();
    }

    /** @return an item that has rested until that time, and is forgotten now; or null */
    synchronized Item rested(long now) {
        if (resting.isEmpty() || resting.earliest() - now > 0) {
            return null;
        }
        Item item = (Item) resting.first();
        TimeHeap.remove(item);
        return item;
    }

    /**
     * @return whether something may begin out of turn, so that {@link #end()} will be called. What waits for room goes first;
     *         when the application has stopped, nothing does any more
     */
    synchronized boolean begin() {
        boolean room = stopped || underWay < most && !waiting;
        if (room) {
            underWay++;
        }
        return room;
    }

    /** Something that has begun has ended. */
    synchronized void end() {
        underWay--;
        arm();
    }

    /** Forgets everything, and does nothing any more. */
    synchronized void stop() {
        stopped = true;
        while (!due.isEmpty()) {
            TimeHeap.remove(due.first());
        }
        while (!resting.isEmpty()) {
            TimeHeap.remove(resting.first());
        }
        arm();
    }

    synchronized int underWay() {
        return underWay;
    }

    private void arm() {
        arm(0);
    }

    /**
     * Waits for the earliest, unless that has to wait for room. Guarded by the monitor.
     *
     * @param least how long it has to wait at least, in nanoseconds
     */
    private void arm(long least) {
        boolean full = underWay >= most;
        if (full || waiting) {
            waiting = !due.isEmpty() && due.earliest() - timer.nanoTime() <= 0;
        }
        if (due.isEmpty() || full && waiting) {
            disarm();
        } else if (armed == null || due.earliest() - armedFor < 0) {
            disarm();
            int mine = ++turn;
            armedFor = due.earliest();
            armed = timer.schedule(Duration.ofNanos(Math.max(least, armedFor - timer.nanoTime())), () -> wake(mine));
        }
    }

    private void disarm() {
        if (armed != null) {
            armed.cancel();
            armed = null;
        }
    }

    /** A timer that is replaced may fire all the same. */
    private void wake(int fired) {
        synchronized (this) {
            if (fired != turn || armed == null) {
                return;
            }
            armed = null;
        }
        beginDue();
    }

    /**
     * Begins a batch. If more is due, another event loop goes on with that meanwhile, and this one with what comes after it.
     */
    private void beginDue() {
        List<Item> batch = new ArrayList<>();
        synchronized (this) {
            long now = timer.nanoTime();
            while (batch.size() < BATCH && underWay < most && !due.isEmpty() && due.earliest() - now <= 0) {
                Item item = (Item) due.first();
                TimeHeap.remove(item);
                underWay++;
                batch.add(item);
            }
            if (batch.size() == BATCH) {
                timer.schedule(Duration.ZERO, this::beginDue);
            }
            arm(1);
        }
        for (Item item : batch) {
            if (!item.due()) {
                end();
            }
        }
    }
}
