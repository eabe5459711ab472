package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

import org.jboss.logging.Logger;

/** What is asked of the operating system, one request each. A test puts a disk in its place that is full, or has no locks. */
class Disk {

    private static final Logger LOG = Logger.getLogger(Disk.class);
    private static final FileAttribute<?>[] NONE = {};
    private static final Path OWN_PROCESS = Path.of("/proc/self");

    private volatile UserPrincipal user;

    boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS) != null;
    }

    /** @return the user whom new files belong to, whatever the user is called, also where users have no names */
    UserPrincipal user() throws IOException {
        UserPrincipal known = user;
        if (known == null) {
            if (Files.isDirectory(OWN_PROCESS)) {
                known = Files.getOwner(OWN_PROCESS);
            } else {
                Path probe = Files.createTempFile("device-authorization", null);
                known = Files.getOwner(probe);
                Files.delete(probe);
            }
            user = known;
        }
        return known;
    }

    void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, onlyForUs(directory.getParent(), "rwx------"));
    }

    /** @return all that is in a file; fails where that is a link */
    byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readAllBytes();
        }
    }

    /** Makes a file that is not there yet. */
    FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                onlyForUs(file.getParent(), "rw-------"));
    }

    /** Opens the file that locks are taken of, and makes it if need be. */
    FileChannel openLocks(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                onlyForUs(file.getParent(), "rw-------"));
    }

    private FileAttribute<?>[] onlyForUs(Path parent, String permissions) {
        if (!isPosix(parent)) {
            return NONE;
        }
        Set<PosixFilePermission> allowed = EnumSet.copyOf(PosixFilePermissions.fromString(permissions));
        return new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(allowed) };
    }

    void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    void sync(FileChannel file) throws IOException {
        file.force(true);
    }

    void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return the lock, or null when another process has it */
    FileLock tryLock(FileChannel file, long position) throws IOException {
        return file.tryLock(position, 1, false);
    }

    /** Makes the names in a directory durable, where that can be done: not on Windows, where it need not be. */
    void syncDirectory(Path directory) {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException e) {
            LOG.debugf("The directory %s can't be synced: %s", directory, e.getMessage());
        }
    }
}
