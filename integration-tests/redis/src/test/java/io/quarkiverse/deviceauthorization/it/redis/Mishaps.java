package io.quarkiverse.deviceauthorization.it.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.quarkiverse.deviceauthorization.it.redis.ServerJournal.Trap;

/** Lets each node suffer one mishap after the other, until it is enough. All nodes live afterwards. */
final class Mishaps {

    /** What happens to a process. */
    enum Kind {
        KILLED("killed at any time"),
        KILLED_AT_REQUEST("killed when its request arrives"),
        KILLED_AT_TOKENS("killed when its tokens leave the server"),
        STOPPED("stopped in good order"),
        FROZEN("frozen for a time"),
        FROZEN_AT_REFRESH("frozen when its refresh arrives");

        final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private static final List<Kind> CHANCES = List.of(Kind.KILLED, Kind.KILLED, Kind.KILLED_AT_REQUEST, Kind.KILLED_AT_TOKENS,
            Kind.KILLED_AT_TOKENS, Kind.STOPPED, Kind.STOPPED, Kind.FROZEN, Kind.FROZEN_AT_REFRESH);

    /** The start of a process adds to it: where that takes long, so does all else, and nothing would ever be done. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(6);
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_FREEZE = Duration.ofMillis(100);
    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(8);
    private static final Duration AFTER_TOKENS = Duration.ofMillis(6);

    /** Nobody may ever ask, or be granted anything. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final ServerJournal journal;
    private final CountDownLatch enough = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Kind> happened = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> problems = new ConcurrentLinkedQueue<>();

    Mishaps(List<Node> nodes, ServerJournal journal, long seed) {
        this.journal = journal;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Random random = new Random(seed + i);
            threads.add(new Thread(() -> suffer(node, random), "mishaps of " + node));
        }
    }

    void begin() {
        threads.forEach(Thread::start);
    }

    /** Waits for what is happening, and for the nodes that start again. */
    void end() throws InterruptedException {
        enough.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        problems.forEach(problem -> {
            throw new AssertionError("A node did not do what it was told", problem);
        });
    }

    /** How often each kind has happened. */
    Map<Kind, Integer> counts() {
        Map<Kind, Integer> counts = new TreeMap<>();
        happened.forEach(kind -> counts.merge(kind, 1, Integer::sum));
        return counts;
    }

    private void suffer(Node node, Random random) {
        try {
            while (!live(node.current(), random)) {
                Kind kind = CHANCES.get(random.nextInt(CHANCES.size()));
                Incarnation victim = node.current();
                switch (kind) {
                    case KILLED -> victim.kill();
                    case KILLED_AT_REQUEST, KILLED_AT_TOKENS ->
                        trap(victim, kind, Plan.share(random.nextDouble(), AFTER_TOKENS), victim::kill);
                    case STOPPED -> victim.stop();
                    case FROZEN -> victim.freeze();
                    case FROZEN_AT_REFRESH -> trap(victim, kind, Duration.ZERO, victim::freeze);
                }
                happened.add(kind);
                if (kind == Kind.FROZEN || kind == Kind.FROZEN_AT_REFRESH) {
                    pause(random, SHORTEST_FREEZE, LONGEST_FREEZE);
                    victim.thaw();
                } else {
                    pause(random, Duration.ZERO, LONGEST_ABSENCE);
                    node.start();
                }
            }
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            problems.add(e);
        }
    }

    /** @return whether it is enough */
    private boolean live(Incarnation process, Random random) throws InterruptedException {
        return pause(random, SHORTEST_LIFE.plus(process.startTook()), LONGEST_LIFE.plus(process.startTook()));
    }

    private boolean pause(Random random, Duration least, Duration most) throws InterruptedException {
        return enough.await(least.plus(Plan.share(random.nextDouble(), most.minus(least))).toNanos(), TimeUnit.NANOSECONDS);
    }

    private void trap(Incarnation victim, Kind kind, Duration delay, Runnable mishap) throws InterruptedException {
        CountDownLatch moment = new CountDownLatch(1);
        Trap trap = new Trap() {

            @Override
            public void received(String node, boolean refresh) {
                if ((kind == Kind.KILLED_AT_REQUEST || kind == Kind.FROZEN_AT_REFRESH && refresh)
                        && node.equals(victim.name)) {
                    spring(Duration.ZERO);
                }
            }

            @Override
            public void answered(String node, boolean granted) {
                if (kind == Kind.KILLED_AT_TOKENS && granted && node.equals(victim.name)) {
                    spring(delay);
                }
            }

            /** The thread that serves the request does it, before it goes on. */
            private synchronized void spring(Duration after) {
                if (moment.getCount() > 0) {
                    LockSupport.parkNanos(after.toNanos());
                    mishap.run();
                    moment.countDown();
                }
            }
        };
        journal.add(trap);
        try {
            if (!moment.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                synchronized (trap) {
                    if (moment.getCount() > 0) {
                        mishap.run();
                        moment.countDown();
                    }
                }
            }
        } finally {
            journal.remove(trap);
        }
    }
}
