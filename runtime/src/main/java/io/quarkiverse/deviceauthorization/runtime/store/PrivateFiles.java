package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

/**
 * Files that only this user can read, in directories that only this user can change. A file is replaced as a whole, and
 * durably, or not at all.
 */
final class PrivateFiles {

    private static final Logger LOG = Logger.getLogger(PrivateFiles.class);

    /** What is written first is beside the file, by one name, so that crashes leave one at most. */
    static final String BESIDE = ".tmp";

    private static final Set<PosixFilePermission> WRITE = Set.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> READ = Set.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);

    private final Disk disk;
    private final FileProblems problems;
    private final Set<Path> warned = ConcurrentHashMap.newKeySet();

    PrivateFiles(Disk disk, FileProblems problems) {
        this.disk = disk;
        this.problems = problems;
    }

    /** Makes a directory of ours, with those around it that are missing. What this user made is for this user only. */
    void createDirectory(Path directory) {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            create(directory);
        } catch (IOException e) {
            throw problems.of("created", directory, e);
        }
    }

    private void create(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            create(parent);
        }
        try {
            disk.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            return; // another process was faster
        }
        disk.syncDirectory(parent);
    }

    /**
     * @param directory one of ours
     * @return whether it is there
     * @throws AuthorizationStoreException if others can change what is in it
     */
    boolean isTrusted(Path directory) {
        Optional<BasicFileAttributes> found = attributes(directory);
        found.ifPresent(attributes -> {
            if (attributes.isSymbolicLink()) {
                throw new AuthorizationStoreException(directory + " is a symbolic link, and is not followed. Set "
                        + problems.directoryKey() + " to where the tokens are", null);
            } else if (!attributes.isDirectory()) {
                throw new AuthorizationStoreException(directory + " is no directory. Move that file away", null);
            }
            check(directory, attributes);
        });
        return found.isPresent();
    }

    /**
     * @return what is in the file, or empty when there is none
     * @throws AuthorizationStoreException if others can write it, or it can't be read
     */
    Optional<String> read(Path file) {
        Optional<BasicFileAttributes> found = attributes(file);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!found.get().isRegularFile()) {
            throw new AuthorizationStoreException(file + " is " + (found.get().isSymbolicLink() ? "a symbolic link" : "no file")
                    + ", and is not read. Move it away", null);
        }
        check(file, found.get());
        try {
            return Optional.of(Wiping.text(disk.read(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // gone since then
        } catch (IOException e) {
            throw problems.of("read", file, e);
        }
    }

    private Optional<BasicFileAttributes> attributes(Path path) {
        Class<? extends BasicFileAttributes> type = disk.isPosix(path) ? PosixFileAttributes.class : BasicFileAttributes.class;
        try {
            return Optional.of(Files.readAttributes(path, type, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return missing(path);
        } catch (IOException e) {
            throw problems.of("read", path, e);
        }
    }

    /** Of Java, some versions also say that nothing is there when there is a file in the place of a directory above it. */
    private <T> Optional<T> missing(Path path) {
        Path above = path.getParent();
        while (above != null && !Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
            above = above.getParent();
        }
        if (above != null && !Files.isDirectory(above)) {
            throw problems.of("read", path, new NotDirectoryException(above.toString()));
        }
        return Optional.empty();
    }

    private void check(Path path, BasicFileAttributes found) {
        if (!(found instanceof PosixFileAttributes attributes)) {
            return; // a file system that knows no such permissions
        }
        if (attributes.permissions().stream().anyMatch(WRITE::contains)) {
            throw new AuthorizationStoreException(path + " can be written by others, who may have put something else there, and"
                    + " is not used. If nobody has, allow it again: chmod go-w '" + path + "'", null);
        }
        try {
            if (!attributes.owner().equals(disk.user())) {
                throw new AuthorizationStoreException(path + " belongs to the user " + attributes.owner().getName()
                        + ", and this program runs as " + disk.user().getName()
                        + ". Run it as that user, or set " + problems.directoryKey() + " to a directory of its own", null);
            }
        } catch (IOException e) {
            throw problems.of("checked", path, e);
        }
        if (found.isRegularFile() && attributes.permissions().stream().anyMatch(READ::contains) && warned.add(path)) {
            LOG.warnf("%s can be read by others. That ends when it is written next; until then: chmod go-r '%s'", path, path);
        }
    }

    /** Replaces a file, or makes one. To be called by one at a time for each file. */
    void write(Path file, String content) {
        Path beside = file.resolveSibling(file.getFileName() + BESIDE);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            Files.deleteIfExists(beside);
            try (FileChannel opened = disk.create(beside)) {
                disk.write(opened, ByteBuffer.wrap(bytes));
                disk.sync(opened);
            }
            disk.replace(beside, file);
        } catch (IOException e) {
            AuthorizationStoreException problem = problems.of("written", file, e);
            try {
                Files.deleteIfExists(beside);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw problem;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        disk.syncDirectory(file.getParent());
    }

    /** Removes a file. To be called by one at a time for each file. */
    void delete(Path file) {
        try {
            if (Files.deleteIfExists(file)) {
                disk.syncDirectory(file.getParent());
            }
        } catch (IOException e) {
            throw problems.of("deleted", file, e);
        }
    }

    /**
     * Gives a file another name, under which nobody looks for it, and which no other file has. To be called by one at a time
     * for each file.
     *
     * @param suffix what the new name ends with, if that is free
     * @return the file under its new name
     */
    Path moveAside(Path file, String suffix) {
        try {
            for (int number = 1;; number++) {
                Path aside = file.resolveSibling(file.getFileName() + suffix + (number == 1 ? "" : "-" + number));
                if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
                    disk.replace(file, aside);
                    disk.syncDirectory(file.getParent());
                    return aside;
                }
            }
        } catch (IOException e) {
            throw problems.of("moved out of the way", file, e);
        }
    }
}
