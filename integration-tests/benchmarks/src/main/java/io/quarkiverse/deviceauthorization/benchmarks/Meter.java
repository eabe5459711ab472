package io.quarkiverse.deviceauthorization.benchmarks;

import java.lang.management.ManagementFactory;
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
 */
record Meter(long nanos, long cpuNanos, long bytes) {

    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Meter now() {
        long bytes = 0;
        for (long allocated : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            bytes += Math.max(0, allocated);
        }
        return new Meter(System.nanoTime(), SYSTEM.getProcessCpuTime(), bytes);
    }

    /** @return the threads that live, each with a number of its own */
    static Set<String> threads() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds())).filter(Objects::nonNull)
                .map(thread -> thread.getThreadId() + " " + thread.getThreadName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Meter minus(Meter before) {
        return new Meter(nanos - before.nanos, cpuNanos - before.cpuNanos, bytes - before.bytes);
    }

    Meter plus(Meter other) {
        return new Meter(nanos + other.nanos, cpuNanos + other.cpuNanos, bytes + other.bytes);
    }
}
