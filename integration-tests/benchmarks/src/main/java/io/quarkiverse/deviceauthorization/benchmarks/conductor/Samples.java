package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a contender has reached in each round. */
record Samples(List<Map<String, Object>> rounds) {

    double[] of(String metric) {
        return rounds.stream().mapToDouble(round -> number(round, metric)).toArray();
    }

    private static double number(Map<String, Object> round, String metric) {
        if (round.get(metric) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("The driver has measured no " + metric + ": " + round);
    }

    /** @return what must not be, as drivers have found it; see {@code Soak} */
    List<String> problems() {
        return rounds.stream().flatMap(round -> ((List<?>) round.getOrDefault("problems", List.of())).stream())
                .map(Object::toString).toList();
    }

    double median(String metric) {
        return median(of(metric));
    }

    /** @return the median of what it is of the other one, round by round */
    double ratio(Samples other, String metric) {
        double[] mine = of(metric);
        double[] theirs = other.of(metric);
        return median(IntStream.range(0, Math.min(mine.length, theirs.length)).mapToDouble(i -> mine[i] / theirs[i])
                .toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
