package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is measured on.
 *
 * @param java the version of Java
 * @param processors how many there are
 * @param pinned whether the client has one for itself, and the server another one
 * @param os the operating system
 */
record Machine(String java, int processors, boolean pinned, String os) {

    static Machine of(Path javaHome, boolean pinned) throws IOException {
        String release = Files.readString(javaHome.resolve("release"));
        return new Machine(release.replaceFirst("(?s).*JAVA_VERSION=\"([^\"]*)\".*", "$1"),
                Runtime.getRuntime().availableProcessors(), pinned,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
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
                + (pinned ? ", one for the client and another for the server" : ", not pinned");
    }
}
