package io.quarkiverse.deviceauthorization.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.deviceauthorization.benchmarks.contender.Contender;
import io.quarkiverse.deviceauthorization.benchmarks.contender.Exchange;

/** Requests one after another, on a thread that waits for each. */
final class Latency {

    private static final int SLICE = 5_000;

    private final Options options;

    Latency(Options options) {
        this.options = options;
    }

    Map<String, Object> measure(Contender contender) throws Exception {
        Exchange.Blocking exchange = (Exchange.Blocking) contender.blockingStart();
        WarmUp warmUp = new WarmUp(options.number("warm-up", 60_000) / SLICE);
        while (warmUp.goesOn()) {
            Meter before = Meter.now();
            repeat(contender, exchange, SLICE);
            warmUp.add(Meter.now().minus(before));
        }
        long[] nanos = repeat(contender, exchange, options.number("requests", 30_000));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requestsPerSecond", nanos.length * 1e9 / Arrays.stream(nanos).sum());
        Arrays.sort(nanos);
        result.put("p50Micros", nanos[nanos.length / 2] / 1e3);
        result.put("p99Micros", nanos[nanos.length * 99 / 100] / 1e3);
        return result;
    }

    private long[] repeat(Contender contender, Exchange.Blocking exchange, int requests) throws Exception {
        long[] nanos = new long[requests];
        for (int i = 0; i < requests; i++) {
            long start = System.nanoTime();
            exchange.send();
            nanos[i] = System.nanoTime() - start;
            if (i % SLICE == SLICE - 1) {
                contender.forget();
            }
        }
        return nanos;
    }
}
