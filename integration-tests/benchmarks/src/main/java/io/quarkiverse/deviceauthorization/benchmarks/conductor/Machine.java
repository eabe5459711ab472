package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What is measured on.
 *
 * @param java the version of Java
 * @param processors how many there are
 * @param model what kind of processors, where the system says so
 * @param pinned whether the client has one for itself, and the server another one
 * @param os the operating system
 */
record Machine(String java, int processors, String model, boolean pinned, String os) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    static Machine of(Path javaHome, boolean pinned) throws IOException {
        String release = Files.readString(javaHome.resolve("release"));
        return new Machine(release.replaceFirst("(?s).*JAVA_VERSION=\"([^\"]*)\".*", "$1"),
                Runtime.getRuntime().availableProcessors(), readModel(), pinned,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    private static String readModel() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.replaceFirst("[^:]*:\\s*", "")).orElse("");
        }
    }

    int feature() {
        return Integer.parseInt(java.split("[.]")[0]);
    }

    boolean virtualThreads() {
        return feature() >= 21;
    }

    @Override
    public String toString() {
        return "JDK " + java + ", " + os + ", " + processors + " processors"
                + (model.isEmpty() ? "" : " (" + model + ")")
                + (pinned ? ", one for the client and another for the server" : ", not pinned");
    }
}
