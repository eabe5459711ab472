package io.quarkiverse.deviceauthorization.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.deviceauthorization.benchmarks.contender.PendingFlows;

/** So many pending flows, begun at an even pace, once everything has been warmed up by some that end. */
final class Load {

    private final PendingFlows pending;
    private final Options options;
    private final int flows;
    private final int interval;

    Load(PendingFlows pending, Options options) {
        this.pending = pending;
        this.options = options;
        this.flows = options.number("flows", 10_000);
        this.interval = options.number("interval", 5);
    }

    int flows() {
        return flows;
    }

    /** @return between two polls of one flow, in seconds */
    int interval() {
        return interval;
    }

    void warmUp() throws Exception {
        begin(options.number("warm-up-flows", 2_000), Duration.ofSeconds(2));
        sleep(options.seconds("warm-up", 8));
        pending.end();
        sleep(Duration.ofSeconds(interval + 1));
    }

    /** Returns when all have been polled twice at least. */
    void begin() throws Exception {
        begin(flows, options.seconds("begin-within", Math.max(interval, 1 + flows / 4_000)));
        sleep(Duration.ofSeconds(2L * interval + 2));
    }

    private void begin(int number, Duration within) throws Exception {
        CountDownLatch begun = new CountDownLatch(number);
        AtomicReference<Throwable> problem = new AtomicReference<>();
        long start = System.nanoTime();
        for (int i = 0; i < number; i++) {
            long ahead = start + within.toNanos() / number * i - System.nanoTime();
            if (ahead > 1_000_000) {
                TimeUnit.NANOSECONDS.sleep(ahead);
            }
            pending.begin().subscribe().with(nothing -> begun.countDown(), failure -> {
                problem.set(failure);
                begun.countDown();
            });
        }
        if (!begun.await(1, TimeUnit.MINUTES) || problem.get() != null) {
            throw new IllegalStateException("Not all flows have begun", problem.get());
        }
    }

    static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    /** @return how many of the polls that were due in that time have been made, in percent */
    double duePollsMade(double polls, Meter used) {
        return 100 * polls * interval * 1e9 / ((double) flows * used.nanos());
    }
}
