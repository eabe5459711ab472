package io.quarkiverse.deviceauthorization.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

/**
 * Measures how long programs take to start: those with the extension and those without, in turns, so that whatever else the
 * machine does hits them alike. Run by {@code run.sh}.
 */
public final class Startup {

    private static final String PROMPT = "To sign in, open this page on any device:";
    private static final String STARTED = " started in ";

    private final Path modules;
    private final Map<Integer, Path> javas;
    private final int rounds;

    private Startup(Path modules, Map<Integer, Path> javas, int rounds) {
        this.modules = modules;
        this.javas = javas;
        this.rounds = rounds;
    }

    /**
     * @param args the directory of the modules, the file of results without its extension, how many rounds, what to measure
     *        ({@code cli}, {@code web} or {@code all}), the home of JDK 17, and of JDK 25 or nothing
     */
    public static void main(String... args) throws IOException, InterruptedException {
        Map<Integer, Path> javas = new LinkedHashMap<>();
        javas.put(17, Path.of(args[4], "bin", "java"));
        if (args.length > 5 && !args[5].isBlank()) {
            javas.put(25, Path.of(args[5], "bin", "java"));
        }
        Startup startup = new Startup(Path.of(args[0]).toAbsolutePath(), javas, Integer.parseInt(args[2]));
        Map<Packaging, List<String>> cli = args[3].equals("web") ? Map.of() : startup.packagings("cli", "cli-bare");
        Map<Packaging, List<String>> web = args[3].equals("cli") ? Map.of()
                : startup.packagings("web", "web-rest-client", "web-bare");
        new Report(startup.measure(cli, PROMPT), startup.measure(web, STARTED), javas, startup.rounds)
                .write(Path.of(args[1]));
    }

    private Map<Packaging, List<String>> packagings(String... programs) {
        Map<Packaging, List<String>> all = new EnumMap<>(Packaging.class);
        for (Packaging packaging : Packaging.values()) {
            if (javas.containsKey(packaging.java())) {
                all.put(packaging, List.of(programs));
            }
        }
        return all;
    }

    private Map<Packaging, Map<String, List<Sample>>> measure(Map<Packaging, List<String>> programs, String ready)
            throws IOException, InterruptedException {
        Map<Packaging, Map<String, List<Sample>>> samples = new EnumMap<>(Packaging.class);
        List<Program> all = new ArrayList<>();
        for (var entry : programs.entrySet()) {
            for (String module : entry.getValue()) {
                Program program = new Program(module, modules.resolve(module).resolve("target"), entry.getKey(),
                        javas.get(entry.getKey().java()), ready);
                if (entry.getKey().hasArchive()) {
                    program.makeArchive();
                }
                all.add(program);
            }
        }
        try (DeviceAuthorizationServer server = Servers.start()) {
            for (int round = -1; round < rounds; round++) { // the first one is thrown away: it fills the caches of the disk
                for (Program program : all) {
                    Sample sample = program.measure(server);
                    if (round >= 0) {
                        samples.computeIfAbsent(program.packaging(), packaging -> new LinkedHashMap<>())
                                .computeIfAbsent(program.module(), module -> new ArrayList<>()).add(sample);
                    }
                }
                Collections.reverse(all);
                System.err.println("Round " + (round + 1) + " of " + rounds);
            }
        }
        return samples;
    }
}
