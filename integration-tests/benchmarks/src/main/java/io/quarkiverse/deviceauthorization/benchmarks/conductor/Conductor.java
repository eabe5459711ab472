package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets the contenders of each part take turns, each time in a new process, so that neither the state of the machine nor what
 * the compiler happens to do with one process decides. {@code --parts}, {@code --contenders}, {@code --rounds}, {@code --java};
 * other options go on to the driver.
 */
public final class Conductor {

    private Conductor() {
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
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
        options.remove("rounds");
        Path java = Path.of(options.getOrDefault("java", System.getProperty("java.home")));
        options.remove("java");
        try (Processes processes = new Processes(target, java)) {
            Report report = new Report(target.resolve("benchmarks"), machine(java, processes.pinned()));
            for (Part part : Part.ALL) {
                if (parts.isEmpty() || parts.contains(part.name())) {
                    report.write(part, measure(part, contenders, rounds, options, processes));
                }
            }
        }
    }

    private static List<String> names(String option) {
        return option == null ? List.of() : List.of(option.split(","));
    }

    private static Map<String, Object> machine(Path java, boolean pinned) throws IOException {
        Map<String, Object> machine = new LinkedHashMap<>();
        String release = Files.readString(java.resolve("release"));
        machine.put("java", "JDK " + release.replaceFirst("(?s).*JAVA_VERSION=\"([^\"]*)\".*", "$1"));
        machine.put("processors", Runtime.getRuntime().availableProcessors() + " processors");
        machine.put("pinned", pinned ? "one for the client, another for the server" : "not pinned");
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return machine;
    }

    private static Map<String, Samples> measure(Part part, List<String> chosen, int rounds, Map<String, String> options,
            Processes processes) throws Exception {
        List<String> contenders = new ArrayList<>(part.contenders());
        if (!chosen.isEmpty()) {
            contenders.retainAll(chosen);
        }
        Map<String, Samples> results = new LinkedHashMap<>();
        contenders.forEach(contender -> results.put(contender, new Samples(new ArrayList<>())));
        Map<String, String> all = new TreeMap<>(part.options());
        all.putAll(options);
        for (int round = 0; round < rounds; round++) {
            Collections.rotate(contenders, 1); // nobody always comes first
            for (String contender : contenders) {
                Map<String, Object> result = processes.drive(contender, all);
                System.err.printf("%s, round %d: %s %s%n", part.name(), round + 1, contender, result);
                results.get(contender).rounds().add(result);
            }
        }
        return results;
    }
}
