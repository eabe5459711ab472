package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.sun.management.ThreadMXBean;

/** Checks answers one after the other, each within bounds of time and memory, and keeps what failed and how it went. */
final class FuzzRun {

    /**
     * An answer has at most 1 MiB, JSON of the worst kind takes tens of bytes for each of its own, and it is read eight times.
     */
    private static final long MOST_BYTES = 256L * AnswerLimits.MAX_BYTES;
    private static final long MOST_MILLIS = 5_000;
    private static final long MOST_KEPT = 32 * 1024 * 1024;
    private static final int LONG = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final AnswerRules rules;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private long runs;
    private long most;
    private long slowest;
    private long heapAtStart;
    private long kept;
    private long peak;

    FuzzRun(AnswerRules rules) {
        this.rules = rules;
    }

    /** Remembers what fails, one answer for each way to fail. */
    void check(long seed, int number, WireAnswer answer) {
        try {
            outcomes.merge(checked(answer), 1, Integer::sum);
        } catch (Throwable problem) {
            outcomes.merge("FAILED " + problem.getClass().getName(), 1, Integer::sum);
            failures.computeIfAbsent(kind(problem), kind -> "answer " + number + " of seed " + seed + ", see "
                    + saved(answer) + ": " + problem);
        }
        if (++runs % LONG == 0 || runs == 1_000) {
            measureHeap();
        }
    }

    /** @return what came of it */
    String checked(WireAnswer answer) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime(); // a machine that stands still is not the answer's fault
        String outcome = rules.check(answer);
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        time = (THREADS.getCurrentThreadCpuTime() - time) / 1_000_000;
        most = Math.max(most, bytes);
        slowest = Math.max(slowest, time);
        if (bytes > MOST_BYTES || time > MOST_MILLIS) {
            throw new AssertionError("An answer took " + bytes + " bytes and " + time + " ms");
        }
        return outcome;
    }

    /** The exception's type and where it comes from tell one failure from another. */
    private static String kind(Throwable problem) {
        String where = "";
        for (StackTraceElement element : problem.getStackTrace()) {
            if (element.getClassName().startsWith("io.quarkiverse")) {
                where = element.toString();
                break;
            }
        }
        String text = problem instanceof AssertionError ? String.valueOf(problem.getMessage()).strip().lines().findFirst()
                .orElse("") : "";
        return problem.getClass().getName() + " " + text + " " + where;
    }

    /** @return the file that the answer is written to, so that it can be read again */
    static Path saved(WireAnswer answer) {
        try {
            Path file = Path.of(System.getProperty("basedir", "")).resolve("target").resolve("fuzz")
                    .resolve("answer-" + Integer.toHexString(Arrays.hashCode(answer.file()))
                            + ".http");
            Files.createDirectories(file.getParent());
            return Files.write(file, answer.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measureHeap() {
        Runtime runtime = Runtime.getRuntime();
        peak = Math.max(peak, runtime.totalMemory() - runtime.freeMemory());
        System.gc();
        long used = runtime.totalMemory() - runtime.freeMemory();
        if (heapAtStart == 0) {
            heapAtStart = used;
        }
        kept = Math.max(kept, used - heapAtStart);
        if (kept > MOST_KEPT) {
            failures.putIfAbsent("memory", "the answers left " + kept + " bytes behind");
        }
    }

    Map<String, String> failures() {
        return failures;
    }

    /** Says how it went, when it was long. */
    void report() {
        if (runs < LONG) {
            return;
        }
        System.out.printf("%,d answers in %,d s; one took at most %,d ms and %,d KiB; kept %,d KiB, heap at most %,d MiB%n",
                runs,
                (System.nanoTime() - start) / 1_000_000_000, slowest, most / 1024, kept / 1024, peak / 1024 / 1024);
        outcomes.forEach((outcome, count) -> System.out.printf("%,12d %s%n", count, outcome));
    }
}
