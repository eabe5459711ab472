package io.quarkiverse.deviceauthorization.benchmarks;

import java.util.Map;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import io.quarkiverse.deviceauthorization.benchmarks.token.TokenBenchmark;

/** Access to tokens that are there, by JMH. It forks nothing: this process is new, and its beans are in it. */
final class TokenAccess {

    private final Options options;

    TokenAccess(Options options) {
        this.options = options;
    }

    Map<String, Object> measure(String benchmark) throws Exception {
        RunResult result = new Runner(new OptionsBuilder()
                .include(TokenBenchmark.class.getName().replace(".", "\\.") + "\\." + benchmark + "$")
                .forks(0)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .warmupIterations(options.number("warm-up-iterations", 5))
                .measurementIterations(options.number("iterations", 5))
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1))
                .build()).runSingle();
        return Map.of("nanos", result.getPrimaryResult().getScore(),
                "bytes", result.getSecondaryResults().entrySet().stream()
                        .filter(secondary -> secondary.getKey().endsWith("gc.alloc.rate.norm"))
                        .mapToDouble(secondary -> secondary.getValue().getScore()).findFirst().orElseThrow());
    }
}
