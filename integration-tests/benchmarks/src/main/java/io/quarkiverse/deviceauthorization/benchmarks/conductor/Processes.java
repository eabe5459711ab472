package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The stub and the drivers, each on a core of its own where they can be pinned. */
final class Processes implements AutoCloseable {

    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms3g", "-Xmx3g", "-Xmn1g",
            // those that build on HttpURLConnection would keep five connections only
            "-Dhttp.maxConnections=64");

    private static final int CLIENT_CORE = 0;
    private static final int STUB_CORE = 1;

    private final Path target;
    private final Path java;
    private final boolean pin;
    private final Process stub;
    private final int stubPort;

    /** @param java the Java home of the drivers and the stub */
    Processes(Path target, Path java) throws IOException {
        this.target = target;
        this.java = java;
        this.pin = Runtime.getRuntime().availableProcessors() > 1 && Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
        this.stub = new ProcessBuilder(command(STUB_CORE, List.of("-Xmx512m", "-cp", stubClassPath(),
                "io.quarkiverse.deviceauthorization.benchmarks.stub.Stub")))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.stubPort = Integer.parseInt(lines(stub).readLine());
    }

    /** @return whether each process has a core of its own */
    boolean pinned() {
        return pin;
    }

    private String stubClassPath() throws IOException {
        try (Stream<Path> jars = Files.list(target.resolve("quarkus-app/lib/main"))) {
            return Stream.concat(Stream.of(target.resolve("classes")),
                    jars.filter(jar -> jar.getFileName().toString().startsWith("io.netty.")))
                    .map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private List<String> command(int core, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (pin) {
            command.addAll(List.of("taskset", "-c", "" + core));
        }
        command.add(java.resolve("bin/java").toString());
        command.addAll(arguments);
        return command;
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @return what a driver has measured in a process of its own */
    Map<String, Object> drive(String contender, Map<String, String> options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(JVM);
        arguments.add("-Dstub.port=" + stubPort);
        if (pin) {
            arguments.add("-Dbenchmarks.core=" + CLIENT_CORE);
        }
        options.forEach((name, value) -> {
            if (name.contains(".")) {
                arguments.add("-D" + name + "=" + value);
            }
        });
        arguments.addAll(List.of("-jar", target.resolve("quarkus-app/quarkus-run.jar").toString(), "--contender=" + contender));
        options.forEach((name, value) -> {
            if (!name.contains(".")) {
                arguments.add("--" + name + "=" + value);
            }
        });
        Process driver = new ProcessBuilder(command(CLIENT_CORE, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String result = null;
        try (BufferedReader lines = lines(driver)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    result = line;
                } else {
                    System.err.println(line);
                }
            }
        }
        if (driver.waitFor() != 0 || result == null) {
            throw new IOException("Nothing was measured: " + contender + " " + options);
        }
        return new ObjectMapper().readValue(result, new TypeReference<>() {
        });
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stub.getOutputStream().close();
        if (!stub.waitFor(10, TimeUnit.SECONDS)) {
            stub.destroyForcibly();
        }
    }
}
