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
            WarmUp warmUp = new WarmUp(options.number("warm-up", 800_000) / SLICE);
            while (warmUp.goesOn()) {
                warmUp.add(slice(lanes, contender, exchange));
            }
            int requests = options.number("requests", 100_000);
            Sum sum = new Sum(0, Meter.NOTHING);
            while (sum.requests < requests && sum.used.cpuNanos() < LIMIT.toNanos()) {
                sum = sum.plus(slice(lanes, contender, exchange));
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("requestsPerSecond", sum.requests * 1e9 / sum.used.nanos());
            result.put("cpuMicrosPerRequest", sum.used.cpuNanos() / 1e3 / sum.requests);
            result.put("bytesPerRequest", (double) sum.used.bytes() / sum.requests);
            result.put("requests", sum.requests);
            result.put("compilerPercent", 100.0 * sum.used.compilerNanos() / sum.used.nanos());
            result.put("othersPercent", sum.used.othersPercent());
            return result;
        }
    }

    private record Sum(long requests, Meter used) {

        private Sum plus(Meter slice) {
            return new Sum(requests + SLICE, used.plus(slice));
        }
    }

    /** After each, the contender is told to forget. */
    private static Meter slice(Lanes lanes, Contender contender, Exchange exchange) throws Exception {
        Meter before = Meter.now();
        lanes.run(exchange, SLICE);
        Meter used = Meter.now().minus(before);
        contender.forget();
        return used;
    }
}
