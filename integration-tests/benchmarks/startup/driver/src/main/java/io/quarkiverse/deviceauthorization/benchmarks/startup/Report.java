package io.quarkiverse.deviceauthorization.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** The results as JSON and as Markdown. */
final class Report {

    private final Map<Packaging, Map<String, List<Sample>>> cli;
    private final Map<Packaging, Map<String, List<Sample>>> web;
    private final Map<Integer, Path> javas;
    private final int rounds;

    Report(Map<Packaging, Map<String, List<Sample>>> cli, Map<Packaging, Map<String, List<Sample>>> web,
            Map<Integer, Path> javas, int rounds) {
        this.cli = cli;
        this.web = web;
        this.javas = javas;
        this.rounds = rounds;
    }

    void write(Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rounds", rounds);
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        json.put("javas", javas.keySet());
        json.put("cli", packagings(cli));
        json.put("web", packagings(web));
        Files.createDirectories(file.toAbsolutePath().getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(file.resolveSibling(file.getFileName() + ".json").toFile(), json);
        String text = markdown();
        Files.writeString(file.resolveSibling(file.getFileName() + ".md"), text);
        System.out.print(text);
    }

    private static List<Object> packagings(Map<Packaging, Map<String, List<Sample>>> all) {
        List<Object> rows = new ArrayList<>();
        all.forEach((packaging, programs) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("packaging", packaging.text());
            programs.forEach((module, samples) -> row.put(module,
                    Map.of("millis", median(samples, Sample::millis), "cpuMillis", median(samples, Sample::cpuMillis),
                            "samples", samples)));
            rows.add(row);
        });
        return rows;
    }

    private String markdown() {
        StringBuilder text = new StringBuilder();
        if (!cli.isEmpty()) {
            text.append("| To the first prompt | With the extension | Bare REST client | Ratio | Ratio of processor time |")
                    .append(" Of the fast-jar |\n|---|---|---|---|---|---|\n");
            cli.forEach((packaging, programs) -> {
                List<Sample> with = programs.get("cli");
                List<Sample> bare = programs.get("cli-bare");
                List<Sample> plain = cli.get(packaging.java() == 17 ? Packaging.FAST_JAR_17 : Packaging.FAST_JAR_25).get("cli");
                text.append(row("| %s | %.0f ms | %.0f ms | %.3f | %.3f | %.3f |%n", packaging.text(),
                        median(with, Sample::millis), median(bare, Sample::millis), ratio(with, bare, Sample::millis),
                        ratio(with, bare, Sample::cpuMillis), ratio(with, plain, Sample::millis)));
            });
        }
        if (!web.isEmpty()) {
            text.append("\n| A web application's start | With the extension | With a REST client | Neither |")
                    .append(" Added to a REST client | Added to neither | Processor time added to a REST client, to neither |\n")
                    .append("|---|---|---|---|---|---|---|\n");
            web.forEach((packaging, programs) -> {
                List<Sample> with = programs.get("web");
                List<Sample> restClient = programs.get("web-rest-client");
                List<Sample> bare = programs.get("web-bare");
                text.append(row("| %s | %.0f ms | %.0f ms | %.0f ms | %+.1f ms | %+.1f ms | %+.1f ms, %+.1f ms |%n",
                        packaging.text(), median(with, Sample::millis), median(restClient, Sample::millis),
                        median(bare, Sample::millis), added(with, restClient, Sample::millis),
                        added(with, bare, Sample::millis), added(with, restClient, Sample::cpuMillis),
                        added(with, bare, Sample::cpuMillis)));
            });
        }
        return text.toString();
    }

    private static String row(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static double ratio(List<Sample> these, List<Sample> those, ToDoubleFunction<Sample> value) {
        return median(IntStream.range(0, these.size())
                .mapToDouble(i -> value.applyAsDouble(these.get(i)) / value.applyAsDouble(those.get(i))).toArray());
    }

    private static double added(List<Sample> these, List<Sample> those, ToDoubleFunction<Sample> value) {
        return median(IntStream.range(0, these.size())
                .mapToDouble(i -> value.applyAsDouble(these.get(i)) - value.applyAsDouble(those.get(i))).toArray());
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return median(samples.stream().mapToDouble(value).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
