package io.quarkiverse.deviceauthorization.benchmarks;

import java.time.Duration;

/**
 * Goes on until the compiler has next to nothing left to do: on one core, it takes its time from what is measured, and what it
 * has not got to yet runs at half the speed.
 */
final class WarmUp {

    private static final double QUIET = 0.02;
    private static final int QUIET_SLICES = 3;

    /** Of CPU. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final int atLeast;
    private int slices;
    private int quiet;
    private long cpuNanos;

    /** @param atLeast so many slices, however quiet they are */
    WarmUp(int atLeast) {
        this.atLeast = atLeast;
    }

    boolean goesOn() {
        return (slices < atLeast || quiet < QUIET_SLICES) && cpuNanos < LIMIT.toNanos();
    }

    void add(Meter slice) {
        slices++;
        cpuNanos += slice.cpuNanos();
        quiet = slice.compilerNanos() < QUIET * slice.nanos() ? quiet + 1 : 0;
    }
}
