package io.quarkiverse.deviceauthorization.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

import io.quarkiverse.deviceauthorization.it.process.Directories;

/** Figures, as a table that can go into the documentation. */
final class Report {

    private final StringBuilder table;

    Report(String title) {
        table = new StringBuilder("# " + title + "\n\n| | |\n|---|---:|\n");
    }

    Report row(String what, Object figure) {
        table.append("| ").append(what).append(" | ").append(figure).append(" |\n");
        return this;
    }

    /** Prints it, and keeps it. */
    void tell(String file) {
        System.out.println("\n" + table);
        try {
            Files.writeString(Directories.base().resolve(file), table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
