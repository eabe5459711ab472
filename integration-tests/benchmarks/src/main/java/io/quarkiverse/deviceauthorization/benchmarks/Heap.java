package io.quarkiverse.deviceauthorization.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive on the heap.
 *
 * @param bytes altogether
 * @param classes instances and bytes of each class; they count too, so it is empty unless they are asked for
 */
record Heap(long bytes, Map<String, long[]> classes) {

    /** Looks several times, since what is under way isn't kept: after a pause there is much of it, for a moment. */
    static Heap live(boolean byClass) throws JMException, InterruptedException {
        Heap heap = histogram(byClass);
        for (int i = 0; i < 3; i++) {
            Thread.sleep(1000);
            Heap next = histogram(byClass);
            heap = next.bytes < heap.bytes ? next : heap;
        }
        return heap;
    }

    /** Collects garbage first. */
    private static Heap histogram(boolean byClass) throws JMException {
        String text = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                new Object[] { new String[0] }, new String[] { String[].class.getName() });
        long bytes = 0;
        Map<String, long[]> classes = new HashMap<>();
        for (String line : text.split("\n")) {
            String[] columns = line.strip().split("\\s+"); // 1: 4711 112233 java.lang.String (java.base@17)
            if (columns.length >= 4 && columns[0].matches("\\d+:")) {
                bytes += Long.parseLong(columns[2]);
                if (byClass) {
                    long[] counted = classes.computeIfAbsent(columns[3], name -> new long[2]);
                    counted[0] += Long.parseLong(columns[1]);
                    counted[1] += Long.parseLong(columns[2]);
                }
            }
        }
        return new Heap(bytes, classes);
    }

    /** @return of the classes that have grown most since then, how much of them there is more for each flow, as text */
    String growth(Heap before, int flows, int top) {
        Map<String, long[]> grown = new HashMap<>();
        classes.forEach((name, now) -> {
            long[] then = before.classes.getOrDefault(name, new long[2]);
            grown.put(name, new long[] { now[0] - then[0], now[1] - then[1] });
        });
        List<String> lines = grown.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, long[]> entry) -> -entry.getValue()[1])).limit(top)
                .map(entry -> String.format(Locale.ROOT, "%9.2f instances %9.1f bytes  %s",
                        (double) entry.getValue()[0] / flows, (double) entry.getValue()[1] / flows, entry.getKey()))
                .collect(Collectors.toList());
        return String.join("\n", lines);
    }
}
