package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jboss.logging.Logger;

/** The files of one kind and client, each of which holds one value that has a version. */
abstract class Folder<T> {

    private static final Logger LOG = Logger.getLogger(Folder.class);
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    static final String SUFFIX = ".json";

    final ClientDirectory directory;
    final Path path;

    Folder(ClientDirectory directory, String name) {
        this.directory = directory;
        this.path = directory.folder(name);
    }

    /** @return the value of a text */
    abstract T parse(StoredJson json, String text, String place) throws BrokenContentException;

    abstract String write(StoredJson json, T value);

    abstract long version(T value);

    /** @return what the file of the value is named after */
    abstract String name(T value);

    /** @return the client that the value says it is of */
    abstract String client(T value);

    Path file(String name) {
        return path.resolve(FileNames.of(name) + SUFFIX);
    }

    Optional<T> find(StoredJson json, String name) {
        return directory.hasTrusted(path) ? find(json, file(name)).filter(value -> name(value).equals(name))
                : Optional.empty();
    }

    /** @return the files whose names end like that */
    List<Path> list(String suffix) {
        List<Path> files = new ArrayList<>();
        if (directory.hasTrusted(path)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, "*" + suffix)) {
                entries.forEach(files::add);
            } catch (IOException e) {
                throw directory.problems.of("read", path, e);
            } catch (DirectoryIteratorException e) {
                throw directory.problems.of("read", path, e.getCause());
            }
        }
        return files;
    }

    /** @param replacement empty to remove the file */
    boolean replace(StoredJson json, String name, long expectedVersion, Optional<T> replacement) {
        directory.makeTrusted(path);
        Path file = file(name);
        return directory.exclusively(file, () -> {
            long version = readOrMoveAside(json, file).map(this::version).orElse(0L);
            if (version == expectedVersion) {
                replacement.ifPresentOrElse(value -> directory.files.write(file, write(json, value)),
                        () -> directory.files.delete(file));
            }
            return version == expectedVersion;
        });
    }

    /** Looks without a lock, since files are replaced as a whole; but what is wrong then can be put right meanwhile. */
    Optional<T> find(StoredJson json, Path file) {
        try {
            return read(json, file);
        } catch (BrokenContentException e) {
            return directory.exclusively(file, () -> readOrMoveAside(json, file));
        }
    }

    private Optional<T> read(StoredJson json, Path file) throws BrokenContentException {
        Optional<String> text = directory.files.read(file);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        T value = parse(json, text.get(), file.toString());
        if (!client(value).equals(directory.client) || !file(name(value)).equals(file)) {
            throw new BrokenContentException("it belongs to somebody else, or to another client");
        }
        return Optional.of(value);
    }

    /** What can't be read is kept, for whoever wants to know what has become of it, and is in nobody's way. */
    Optional<T> readOrMoveAside(StoredJson json, Path file) {
        try {
            return read(json, file);
        } catch (BrokenContentException e) {
            Path aside = directory.files.moveAside(file, ".broken-" + TIMESTAMP.format(directory.clock.instant()));
            LOG.warnf("%s is broken: %s. It counts as not there, and is kept as %s", file, e.getMessage(), aside);
            return Optional.empty();
        }
    }
}
