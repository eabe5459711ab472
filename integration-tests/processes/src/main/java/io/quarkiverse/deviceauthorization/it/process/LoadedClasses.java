package io.quarkiverse.deviceauthorization.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that a process has loaded. Java goes on without an archive that it can't use, and only such a list tells.
 *
 * @param archived those that it had from an archive, its own or that of a program
 * @param others all others
 */
public record LoadedClasses(List<String> archived, List<String> others) {

    private static final Pattern LOADED = Pattern.compile("(\\S+) source: (.*)");
    private static final String ARCHIVE = "shared objects file";

    /** @return the option of Java that makes it write them down */
    public static String into(Path log) {
        return "-Xlog:class+load:file=" + log;
    }

    /** Reads what a process has written down that has ended. */
    public static LoadedClasses of(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            List<MatchResult> loaded = lines.flatMap(line -> LOADED.matcher(line).results()).toList();
            return new LoadedClasses(names(loaded, true), names(loaded, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(List<MatchResult> loaded, boolean archived) {
        return loaded.stream().filter(one -> one.group(2).startsWith(ARCHIVE) == archived).map(one -> one.group(1)).toList();
    }

    /** @return what part of all classes came from an archive, at most 1 */
    public double archivedShare() {
        return (double) archived.size() / (archived.size() + others.size());
    }
}
