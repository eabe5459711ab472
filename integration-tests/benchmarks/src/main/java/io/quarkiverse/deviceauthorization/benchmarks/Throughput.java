package io.quarkiverse.deviceauthorization.benchmarks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.deviceauthorization.benchmarks.contender.Contender;
import io.quarkiverse.deviceauthorization.benchmarks.contender.Exchange;
import io.vertx.core.Vertx;

/** Requests with so many in flight. */
final class Throughput {

    private static final int SLICE = 20_000;

    /** Of CPU: the slow ones have had their time by then. */
    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Options options;

    Throughput(Vertx vertx, Options options) {
        this.vertx = vertx;
        this.options = options;
    }

    Map<String, Object> measure(Contender contender, Exchange exchange) throws Exception {
        int inFlight = options.number("in-flight", 64);
        try (Lanes lanes = new Lanes(vertx, inFlight)) {
            repeat(lanes, contender, exchange, options.number("warm-up", 120_000), WARM_UP_LIMIT);
            Sum sum = repeat(lanes, contender, exchange, options.number("requests", 100_000), LIMIT);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("requestsPerSecond", sum.requests * 1e9 / sum.used.nanos());
            result.put("cpuMicrosPerRequest", sum.used.cpuNanos() / 1e3 / sum.requests);
            result.put("bytesPerRequest", (double) sum.used.bytes() / sum.requests);
            result.put("requests", sum.requests);
            result.put("othersPercent", sum.used.othersPercent());
            return result;
        }
    }

    private record Sum(long requests, Meter used) {
    }

    /** In slices, between which the contender is told to forget. */
    private Sum repeat(Lanes lanes, Contender contender, Exchange exchange, int requests, Duration atMost) throws Exception {
        Sum sum = new Sum(0, Meter.NOTHING);
        while (sum.requests < requests && sum.used.cpuNanos() < atMost.toNanos()) {
            Meter before = Meter.now();
            lanes.run(exchange, SLICE);
            sum = new Sum(sum.requests + SLICE, sum.used.plus(Meter.now().minus(before)));
            contender.forget();
        }
        return sum;
    }
}
