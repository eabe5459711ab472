package io.quarkiverse.deviceauthorization.benchmarks;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What this process has used up to a moment.
 *
 * @param nanos the time
 * @param cpuNanos of all threads, the collector and the compiler included
 * @param bytes allocated by the threads that live
 * @param compilerNanos for how long the compiler was at work
 * @param coreNanos for how long the core was busy that this process is pinned to, for whomever; 0 if it isn't
 */
record Meter(long nanos, long cpuNanos, long bytes, long compilerNanos, long coreNanos) {

    static final Meter NOTHING = new Meter(0, 0, 0, 0, 0);

    private static final Integer CORE = Integer.getInteger("benchmarks.core");
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Meter now() {
        long bytes = 0;
        for (long allocated : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            bytes += Math.max(0, allocated);
        }
        return new Meter(System.nanoTime(), SYSTEM.getProcessCpuTime(), bytes,
                COMPILER.getTotalCompilationTime() * NANOS_PER_MILLI, busy());
    }

    /** By Linux: user, nice, system, idle, waiting for I/O, interrupts, soft interrupts, stolen. */
    private static long busy() {
        if (CORE == null) {
            return 0;
        }
        try {
            String[] ticks = Files.readAllLines(Path.of("/proc/stat")).stream()
                    .filter(line -> line.startsWith("cpu" + CORE + " ")).findFirst().orElseThrow().split(" ");
            return NANOS_PER_TICK * (Long.parseLong(ticks[1]) + Long.parseLong(ticks[2]) + Long.parseLong(ticks[3])
                    + Long.parseLong(ticks[8]));
        } catch (IOException e) {
            return 0;
        }
    }

    /** @return how much of the core others have had; what is high makes rates meaningless, and shares of CPU less so */
    double othersPercent() {
        return coreNanos == 0 ? 0 : Math.max(0, 100.0 * (coreNanos - cpuNanos) / nanos);
    }

    /** @return the threads that live, each with a number of its own */
    static Set<String> threads() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds())).filter(Objects::nonNull)
                .map(thread -> thread.getThreadId() + " " + thread.getThreadName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Meter minus(Meter before) {
        return new Meter(nanos - before.nanos, cpuNanos - before.cpuNanos, bytes - before.bytes,
                compilerNanos - before.compilerNanos, coreNanos - before.coreNanos);
    }

    Meter plus(Meter other) {
        return new Meter(nanos + other.nanos, cpuNanos + other.cpuNanos, bytes + other.bytes,
                compilerNanos + other.compilerNanos, coreNanos + other.coreNanos);
    }
}
