package io.quarkiverse.deviceauthorization.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Many pending flows at once: what they cost, and whether they are polled in time. Looks at the heap before there are any,
 * and again once all have been polled twice at least.
 */
final class Pending {

    private static final int TOP = 30;

    private final StubClient stub;
    private final Options options;

    Pending(StubClient stub, Options options) {
        this.stub = stub;
        this.options = options;
    }

    Map<String, Object> measure(Load load) throws Exception {
        boolean byClass = options.values().containsKey("histogram");
        int flows = load.flows();
        load.warmUp();
        Set<String> threadsWithout = Meter.threads();
        Heap without = Heap.live(byClass);

        load.begin();
        Heap with = Heap.live(byClass);
        Load.sleep(Duration.ofSeconds(load.interval()));

        stub.counts();
        Meter before = Meter.now();
        Load.sleep(options.seconds("window", 20));
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
        result.put("duePollsMadePercent", load.duePollsMade(polls, used));
        result.put("earlyPolls", counts.get("early"));
        result.put("leastSlackMicros", counts.get("leastSlackMicros"));
        return result;
    }
}
