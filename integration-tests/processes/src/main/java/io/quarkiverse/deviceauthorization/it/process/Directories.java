package io.quarkiverse.deviceauthorization.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories below {@code target}, which stay when a test has failed. */
public final class Directories {

    private Directories() {
    }

    public static Path base() {
        try {
            return Files.createDirectories(Path.of(System.getProperty("directory")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return a directory that doesn't exist yet, in a new one */
    public static Path fresh(String name) {
        try {
            return Files.createTempDirectory(base(), name + "-").resolve("tokens");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
