package io.quarkiverse.deviceauthorization.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Many pending flows for a long time: looks each minute at what they cost, and says what has grown by the end. What is still
 * being warmed up in the first minute doesn't count as growth.
 */
final class Soak {

    /** The stub's codes are valid for half an hour. */
    private static final int MOST_MINUTES = 25;

    private final StubClient stub;
    private final Options options;

    Soak(StubClient stub, Options options) {
        this.stub = stub;
        this.options = options;
    }

    Map<String, Object> measure(Load load) throws Exception {
        int length = options.number("minutes", 2);
        if (length < 2 || length > MOST_MINUTES) {
            throw new IllegalArgumentException("--minutes is from 2 to " + MOST_MINUTES + ", since the stub's codes expire");
        }
        load.warmUp();
        int threadsWithout = Meter.threads().size();
        long heapWithout = Heap.live(false).bytes();
        load.begin();
        List<Minute> minutes = new ArrayList<>();
        for (int minute = 1; minute <= length; minute++) {
            minutes.add(minute(minute, load));
            System.err.println(minutes.get(minute - 1));
        }
        return result(load, minutes, heapWithout, threadsWithout);
    }

    /** What a minute has shown; the heap is what was alive at its end. */
    private record Minute(int minute, long heapBytes, int threads, double cpuMicrosPerPoll, double duePollsMadePercent,
            long earlyPolls, double othersPercent) {
    }

    private Minute minute(int number, Load load) throws Exception {
        stub.counts();
        Meter before = Meter.now();
        Load.sleep(Duration.ofMinutes(1));
        Map<String, Long> counts = stub.counts();
        Meter used = Meter.now().minus(before);
        double polls = counts.get("polls");
        return new Minute(number, Heap.live(false).bytes(), Meter.threads().size(), used.cpuNanos() / 1e3 / polls,
                load.duePollsMade(polls, used), counts.get("early"), used.othersPercent());
    }

    private Map<String, Object> result(Load load, List<Minute> minutes, long heapWithout, int threadsWithout) {
        Minute last = minutes.get(minutes.size() - 1);
        double heapGrowth = growth(minutes.stream().mapToDouble(Minute::heapBytes).toArray());
        double threadGrowth = growth(minutes.stream().mapToDouble(Minute::threads).toArray());
        long early = minutes.stream().mapToLong(Minute::earlyPolls).sum();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("flows", load.flows());
        result.put("minutesHeld", minutes.size());
        result.put("bytesPerFlow", (double) (last.heapBytes() - heapWithout) / load.flows());
        result.put("heapGrowthKilobytes", heapGrowth / 1e3);
        result.put("threadsMore", last.threads() - threadsWithout);
        result.put("threadGrowth", threadGrowth);
        result.put("cpuMicrosPerPoll", minutes.stream().mapToDouble(Minute::cpuMicrosPerPoll).average().orElseThrow());
        result.put("duePollsMadePercent", minutes.stream().mapToDouble(Minute::duePollsMadePercent).min().orElseThrow());
        result.put("earlyPolls", early);
        result.put("othersPercent", minutes.stream().mapToDouble(Minute::othersPercent).max().orElseThrow());
        result.put("minutes", minutes);
        result.put("problems", problems(heapGrowth, threadGrowth, early));
        return result;
    }

    /** @return the median of what it grew by from one minute to another, over all minutes: an outlier makes no trend */
    private static double growth(double[] values) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                slopes.add((values[j] - values[i]) / (j - i));
            }
        }
        double[] sorted = slopes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2] * (values.length - 1);
    }

    /** Noise is what the polls under way at the moment, and what the virtual machine itself keeps, come to. */
    private List<String> problems(double heapGrowth, double threadGrowth, long early) {
        List<String> problems = new ArrayList<>();
        int heapNoise = options.number("heap-noise-kilobytes", 512);
        int threadNoise = options.number("thread-noise", 2);
        if (heapGrowth > heapNoise * 1e3) {
            problems.add(String.format(Locale.ROOT, "the heap grew by %,.0f kB, more than %,d", heapGrowth / 1e3, heapNoise));
        }
        if (threadGrowth > threadNoise) {
            problems.add(String.format(Locale.ROOT, "the threads grew by %.0f, more than %d", threadGrowth, threadNoise));
        }
        if (early > 0) {
            problems.add(early + " polls came too early");
        }
        return problems;
    }
}
