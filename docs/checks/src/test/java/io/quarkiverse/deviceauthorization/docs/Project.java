package io.quarkiverse.deviceauthorization.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the files of this project are. */
final class Project {

    static final Path ROOT = root();
    static final Path MODULE = ROOT.resolve("docs/modules/ROOT");
    static final Path PAGES = MODULE.resolve("pages");
    static final Path INCLUDES = PAGES.resolve("includes");
    static final Path EXAMPLES = MODULE.resolve("examples");
    static final Path BUILT = ROOT.resolve("docs/target/generated-docs");

    private Project() {
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docs/antora.yml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("No docs/antora.yml in " + here + " or above it");
    }

    /** @return the files directly in a folder whose names end so, in their order */
    static List<Path> files(Path folder, String end) {
        return list(folder, 1, end);
    }

    /** @return the files in a folder and below it whose names end so, in their order */
    static List<Path> allFiles(Path folder, String end) {
        return list(folder, Integer.MAX_VALUE, end);
    }

    private static List<Path> list(Path folder, int depth, String end) {
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.filter(path -> path.toString().endsWith(end) && Files.isRegularFile(path)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        return read(file).lines().toList();
    }
}
