package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each minute of a soak has shown, as Markdown. */
final class Minutes {

    private static final String HEAD = "\n| Minute | Heap, MB | Threads | CPU, µs a poll | Due polls made, % | Early polls |\n"
            + "|---|---|---|---|---|---|\n";

    private Minutes() {
    }

    /** @return of the last round; nothing if it wasn't a soak */
    static String table(Samples samples) {
        StringBuilder text = new StringBuilder();
        samples.rounds().stream().reduce((earlier, later) -> later)
                .map(round -> (List<?>) round.get("minutes"))
                .ifPresent(minutes -> {
                    text.append(HEAD);
                    minutes.forEach(minute -> text.append(row((Map<?, ?>) minute)));
                });
        samples.problems().forEach(problem -> text.append("\n**Failed**: ").append(problem).append(".\n"));
        return text.toString();
    }

    private static String row(Map<?, ?> minute) {
        return String.format(Locale.ROOT, "| %s | %.2f | %s | %s | %s | %s |\n", minute.get("minute"),
                number(minute, "heapBytes") / 1e6, minute.get("threads"), Report.number(number(minute, "cpuMicrosPerPoll")),
                Report.number(number(minute, "duePollsMadePercent")), minute.get("earlyPolls"));
    }

    private static double number(Map<?, ?> minute, String name) {
        return ((Number) minute.get(name)).doubleValue();
    }
}
