package io.quarkiverse.deviceauthorization.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.deviceauthorization.benchmarks.contender.PendingFlows;

/**
 * Many pending flows at once: what they cost, and whether they are polled in time. Warms up with some that end, looks at the
 * heap, begins with all at an even pace, and looks again once all have been polled twice at least.
 */
final class Pending {

    private static final int TOP = 30;

    private final StubClient stub;
    private final Options options;
    private final int interval;

    Pending(StubClient stub, Options options) {
        this.stub = stub;
        this.options = options;
        this.interval = options.number("interval", 5);
    }

    Map<String, Object> measure(PendingFlows pending) throws Exception {
        boolean byClass = options.values().containsKey("histogram");
        int flows = options.number("flows", 10_000);
        begin(pending, options.number("warm-up-flows", 2_000), Duration.ofSeconds(2));
        sleep(options.seconds("warm-up", 8));
        pending.end();
        sleep(Duration.ofSeconds(interval + 1));
        Set<String> threadsWithout = Meter.threads();
        Heap without = Heap.live(byClass);

        begin(pending, flows, options.seconds("begin-within", Math.max(interval, 1 + flows / 4_000)));
        sleep(Duration.ofSeconds(2L * interval + 2));
        Heap with = Heap.live(byClass);
        sleep(Duration.ofSeconds(interval));

        stub.counts();
        Meter before = Meter.now();
        sleep(options.seconds("window", 20));
        Map<String, Long> counts = stub.counts();
        Meter used = Meter.now().minus(before);
        Set<String> threadsMore = Meter.threads();
        threadsMore.removeAll(threadsWithout);
        Heap after = Heap.live(byClass);
        if (byClass) {
            Files.writeString(Path.of(options.text("histogram", "")), "For each flow:\n" + with.growth(without, flows, TOP)
                    + "\n\nAnd what has come to that by the end:\n" + after.growth(with, flows, TOP) + "\n");
        }

        double polls = counts.get("polls");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("flows", flows);
        result.put("bytesPerFlow", (double) (with.bytes() - without.bytes()) / flows);
        result.put("bytesPerFlowAfterWindow", (double) (after.bytes() - without.bytes()) / flows);
        result.put("threadsMore", threadsMore.size());
        result.put("whichThreads", threadsMore.stream().limit(5).toList());
        result.put("cpuMicrosPerPoll", used.cpuNanos() / 1e3 / polls);
        result.put("bytesAllocatedPerPoll", used.bytes() / polls);
        result.put("cpuPercent", 100.0 * used.cpuNanos() / used.nanos());
        result.put("othersPercent", used.othersPercent());
        result.put("duePollsMadePercent", 100 * polls * interval * 1e9 / ((double) flows * used.nanos()));
        result.put("earlyPolls", counts.get("early"));
        result.put("leastSlackMicros", counts.get("leastSlackMicros"));
        return result;
    }

    /** Begins so many, evenly over some time. */
    private static void begin(PendingFlows pending, int flows, Duration within) throws Exception {
        CountDownLatch begun = new CountDownLatch(flows);
        AtomicReference<Throwable> problem = new AtomicReference<>();
        long start = System.nanoTime();
        for (int i = 0; i < flows; i++) {
            long ahead = start + within.toNanos() / flows * i - System.nanoTime();
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

    private static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
