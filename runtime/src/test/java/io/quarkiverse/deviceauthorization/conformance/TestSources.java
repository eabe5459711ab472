package io.quarkiverse.deviceauthorization.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The named tests of all modules, as their sources say, since no module has all of them on its class path. */
final class TestSources {

    /**
     * A test or a class of tests with a display name.
     *
     * @param module its module
     * @param type the simple name of the class at the top of its file
     * @param name its own display name
     * @param path the display names of what it is in, and its own; the names of this suite need no others
     */
    record Named(String module, String type, String name, String path) {
    }

    private static final String TEXT = "\"(?:[^\"\\\\\\n]|\\\\.)*\"";
    private static final Pattern NAME = Pattern
            .compile("^( *)@DisplayName\\(\\s*(" + TEXT + "(?:\\s*\\+\\s*" + TEXT + ")*)\\s*\\)", Pattern.MULTILINE);
    private static final Pattern PIECE = Pattern.compile(TEXT);
    private static final Pattern DECLARATION = Pattern.compile("^( *)((?:[a-z]+ )*class )?[A-Za-z][^@=\\n]*?[({]",
            Pattern.MULTILINE);
    private static final String RUNTIME = "runtime";

    private TestSources() {
    }

    /** @return the directory that has all modules */
    static Path project() {
        Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("docs/modules/ROOT"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("This test needs the whole project: there is no docs/modules/ROOT above "
                    + Path.of("").toAbsolutePath());
        }
        return folder;
    }

    /** @return those of this module first, then by module, class and position */
    static List<Named> named(Path project) {
        return tests(project).stream()
                .sorted(Comparator.comparing((Path file) -> !module(project, file).equals(RUNTIME))
                        .thenComparing(file -> module(project, file)).thenComparing(file -> file.getFileName().toString())
                        .thenComparing(file -> slashed(project.relativize(file))))
                .flatMap(file -> named(module(project, file), file)).toList();
    }

    /** Files of tests below {@code src}; what builds write, maybe at this moment, is left alone. */
    private static List<Path> tests(Path project) {
        List<Path> tests = new ArrayList<>();
        try {
            Files.walkFileTree(project, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = folder.getFileName().toString();
                    return !folder.equals(project) && (name.equals("target") || name.startsWith("."))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (slashed(project.relativize(file)).matches(".+/src/[^/]+/java/.+(Test|IT)[.]java")) {
                        tests.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tests;
    }

    private static String module(Path project, Path file) {
        String path = slashed(project.relativize(file));
        return path.substring(0, path.indexOf("/src/"));
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static Stream<Named> named(String module, Path file) {
        String type = file.getFileName().toString().replace(".java", "");
        String source = read(file);
        boolean standsAlone = file.getParent().endsWith("conformance");
        List<Named> found = new ArrayList<>();
        Deque<String> around = new ArrayDeque<>();
        Deque<Integer> depths = new ArrayDeque<>();
        Matcher names = NAME.matcher(source);
        while (names.find()) {
            int depth = names.group(1).length();
            while (!depths.isEmpty() && depths.peekLast() >= depth) {
                depths.removeLast();
                around.removeLast();
            }
            String name = text(names.group(2));
            found.add(new Named(module, type, name, standsAlone ? name
                    : Stream.concat(around.stream(), Stream.of(name)).collect(Collectors.joining(" › "))));
            if (isClass(source, names.end(), depth)) {
                depths.addLast(depth);
                around.addLast(name);
            }
        }
        return found.stream();
    }

    /** Whether what comes next at this depth, after other annotations, is a class. */
    private static boolean isClass(String source, int from, int depth) {
        Matcher declarations = DECLARATION.matcher(source);
        for (int at = from; declarations.find(at); at = declarations.end()) {
            if (declarations.group(1).length() == depth) {
                return declarations.group(2) != null;
            }
        }
        return false;
    }

    private static String text(String expression) {
        return PIECE.matcher(expression).results().map(piece -> piece.group().substring(1, piece.group().length() - 1))
                .collect(Collectors.joining()).translateEscapes();
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
