package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** Writes results: of each part a JSON file and a Markdown file, and all that are there in one, as AsciiDoc too. */
final class Report {

    /** How much of the core others may have, in percent, before that has to be said. */
    private static final double QUIET = 5;

    private static final String ALL = "benchmarks";

    private final Path folder;
    private final Machine machine;
    private final boolean nameJava;

    /** @param nameJava whether results are kept beside those of another Java */
    Report(Path folder, Machine machine, boolean nameJava) {
        this.folder = folder;
        this.machine = machine;
        this.nameJava = nameJava;
    }

    void write(Part part, Map<String, Samples> results) throws IOException {
        Files.createDirectories(folder);
        String name = nameJava ? part.name() + "-jdk" + machine.feature() : part.name();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("part", part.name());
        json.put("title", part.title());
        json.put("machine", machine);
        json.put("options", part.options());
        Samples first = results.values().iterator().next();
        Map<String, Object> contenders = new LinkedHashMap<>();
        results.forEach((contender, samples) -> contenders.put(contender, contender(part, samples, first)));
        json.put("contenders", contenders);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(folder.resolve(name + ".json").toFile(), json);
        String markdown = markdown(part, results, first);
        Files.writeString(folder.resolve(name + ".md"), markdown);
        System.out.println("\n" + markdown);
    }

    private static Map<String, Object> contender(Part part, Samples samples, Samples first) {
        Map<String, Object> medians = new LinkedHashMap<>();
        Map<String, Object> ratios = new LinkedHashMap<>();
        for (Part.Metric metric : part.metrics()) {
            if (!samples.rounds().isEmpty()) {
                medians.put(metric.name(), samples.median(metric.name()));
            }
            if (metric.ratio() && !samples.rounds().isEmpty() && !first.rounds().isEmpty()) {
                ratios.put(metric.name(), samples.ratio(first, metric.name()));
            }
        }
        Map<String, Object> contender = new LinkedHashMap<>();
        contender.put("medians", medians);
        contender.put("ratios", ratios);
        contender.put("rounds", samples.rounds());
        return contender;
    }

    private String markdown(Part part, Map<String, Samples> results, Samples first) {
        StringBuilder text = new StringBuilder(
                "## " + part.title() + (nameJava ? ", JDK " + machine.feature() : "") + "\n\n");
        text.append(rounds(results)).append(' ').append(machine).append('.').append(disturbance(results)).append("\n\n");
        text.append("| |").append(part.metrics().stream().map(metric -> " " + metric.title() + " |")
                .collect(Collectors.joining())).append("\n|---|").append("---|".repeat(part.metrics().size())).append('\n');
        results.forEach((name, samples) -> text.append("| ").append(name).append(" |").append(part.metrics().stream()
                .map(metric -> " " + cell(metric, samples, first) + " |").collect(Collectors.joining())).append('\n'));
        results.values().forEach(samples -> text.append(Minutes.table(samples)));
        return text.toString();
    }

    private static String rounds(Map<String, Samples> results) {
        int rounds = results.values().stream().mapToInt(samples -> samples.rounds().size()).max().orElse(0);
        return (rounds == 1 ? "One round" : "Medians of " + rounds + " paired rounds (least–most)") + (results.size() == 1 ? "."
                : ", in brackets the median of the ratios to " + results.keySet().iterator().next() + '.');
    }

    private static String disturbance(Map<String, Samples> results) {
        double most = results.values().stream().flatMap(samples -> samples.rounds().stream())
                .mapToDouble(round -> ((Number) round.getOrDefault("othersPercent", 0)).doubleValue()).max().orElse(0);
        return most < QUIET ? ""
                : String.format(Locale.ROOT,
                        " **Disturbed**: other processes had up to %.0f%% of the client's core.", most);
    }

    private static String cell(Part.Metric metric, Samples samples, Samples first) {
        if (samples.rounds().isEmpty()) {
            return "did not get through";
        }
        double[] values = samples.of(metric.name());
        String cell = number(samples.median(metric.name()));
        if (values.length > 1) {
            cell += String.format(Locale.ROOT, " (%s–%s)", number(Arrays.stream(values).min().orElseThrow()),
                    number(Arrays.stream(values).max().orElseThrow()));
        }
        return metric.ratio() && samples != first && !first.rounds().isEmpty()
                ? cell + String.format(Locale.ROOT, " [%.2f]", samples.ratio(first, metric.name()))
                : cell;
    }

    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f",
                value);
    }

    /** Puts together what is there, also of other programs and of earlier runs. */
    void writeAll() throws IOException {
        Files.createDirectories(folder);
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> parts = files.filter(file -> file.toString().endsWith(".md") && !file.endsWith(ALL + ".md")).sorted()
                    .toList();
            for (Path part : parts) {
                all.append(all.isEmpty() ? "" : "\n").append(Files.readString(part));
            }
        }
        Files.writeString(folder.resolve(ALL + ".md"), "# Benchmarks\n\n" + all);
        Files.writeString(folder.resolve(ALL + ".adoc"), AsciiDoc.of(all.toString()));
    }
}
