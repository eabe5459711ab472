package io.quarkiverse.deviceauthorization.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processor time of a process so far, where the operating system tells it. */
final class ProcessTime {

    private ProcessTime() {
    }

    /** @return the time of all its threads that live, in milliseconds; not a number where nobody knows */
    static double millis(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            double nanos = 0;
            List<Path> all = threads.toList();
            for (Path thread : all) {
                nanos += Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
            }
            return nanos / 1e6;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
