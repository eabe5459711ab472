package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;

/**
 * Lets the contenders of each part take turns, each time in a new process, so that neither the state of the machine nor what
 * the compiler happens to do with one process decides. {@code --parts}, {@code --contenders}, {@code --rounds}, {@code --java};
 * other options go on to the driver. Fails when a part was measured in vain, or found what must not be.
 */
public final class Conductor {

    private final Processes processes;
    private final Machine machine;
    private final Optional<Integer> rounds;
    private final List<String> chosen;
    private final Map<String, String> options;

    private Conductor(Processes processes, Machine machine, Optional<Integer> rounds, List<String> chosen,
            Map<String, String> options) {
        this.processes = processes;
        this.machine = machine;
        this.rounds = rounds;
        this.chosen = chosen;
        this.options = options;
    }

    public static void main(String... args) throws Exception {
        Path target = Path.of(args[0]);
        Map<String, String> options = new TreeMap<>();
        for (String arg : Arrays.copyOfRange(args, 1, args.length)) {
            String[] option = arg.replaceFirst("^--", "").split("=", 2);
            options.put(option[0], option[1]);
        }
        List<String> parts = names(options.remove("parts"));
        List<String> contenders = names(options.remove("contenders"));
        Optional<Integer> rounds = Optional.ofNullable(options.remove("rounds")).map(Integer::valueOf);
        Optional<Path> java = Optional.ofNullable(options.remove("java")).map(Path::of);
        Path home = java.orElse(Path.of(System.getProperty("java.home")));
        List<String> problems = new ArrayList<>();
        try (Processes processes = new Processes(target, home)) {
            Machine machine = Machine.of(home, processes.pinned());
            Report report = new Report(target.resolve("benchmarks"), machine, java.isPresent());
            Conductor conductor = new Conductor(processes, machine, rounds, contenders, options);
            for (Part part : Part.named(parts)) {
                Map<String, Samples> results = conductor.measure(part);
                if (!results.isEmpty()) {
                    report.write(part, results);
                }
                results.values().forEach(samples -> problems.addAll(samples.problems()));
                if (results.values().stream().allMatch(samples -> samples.rounds().isEmpty())) {
                    problems.add("nothing was measured in part " + part.name());
                }
            }
            report.writeAll();
        }
        if (!problems.isEmpty()) {
            System.err.println("Failed: " + String.join("; ", problems));
            System.exit(1);
        }
    }

    private static List<String> names(String option) {
        return option == null ? List.of() : List.of(option.split(","));
    }

    private Map<String, Samples> measure(Part part) throws InterruptedException {
        List<String> contenders = new ArrayList<>(part.contenders(chosen));
        contenders.removeIf(contender -> contender.equals("nimbus-virtual") && !machine.virtualThreads());
        Map<String, Samples> results = new LinkedHashMap<>();
        contenders.forEach(contender -> results.put(contender, new Samples(new ArrayList<>())));
        Map<String, String> all = new TreeMap<>(part.options());
        all.putAll(options);
        for (int round = 0; round < rounds.orElse(part.usualRounds()); round++) {
            Collections.rotate(contenders, 1); // nobody always comes first
            for (String contender : List.copyOf(contenders)) {
                try {
                    Map<String, Object> result = processes.drive(contender, ownHistogram(all, contender, round + 1));
                    System.err.printf("%s, round %d: %s %s%n", part.name(), round + 1, contender, result);
                    results.get(contender).rounds().add(result);
                } catch (IOException e) {
                    System.err.printf("%s, round %d: %s did not get through%n", part.name(), round + 1, contender);
                    results.get(contender).rounds().clear();
                    contenders.remove(contender);
                }
            }
        }
        return results;
    }

    /** Each driver writes a file of its own: FILE-ours-1.txt for FILE.txt. */
    private static Map<String, String> ownHistogram(Map<String, String> options, String contender, int round) {
        Map<String, String> own = new TreeMap<>(options);
        own.computeIfPresent("histogram", (name, file) -> file.replaceFirst("(\\.[^./]*)?$",
                Matcher.quoteReplacement("-" + contender + "-" + round) + "$1"));
        return own;
    }
}
