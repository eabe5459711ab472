package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file of which single bytes are locked, whether they exist or not. The operating system lets go of them when the process
 * ends, however it ends. On POSIX systems a process loses all of its locks of a file as soon as it closes <em>any</em> channel
 * of that file: so there is one for each file in the process, and it is not closed.
 */
final class LockFile {

    private final Path path;
    private final FileProblems problems;
    private FileChannel channel;
    private Object opened;

    LockFile(Path path, FileProblems problems) {
        this.path = path;
        this.problems = problems;
    }

    /** @return the lock of a byte, or empty when somebody else has it */
    Optional<FileLock> tryLock(long position, Disk disk) {
        while (true) {
            FileChannel current = channel(disk);
            try {
                FileLock lock = disk.tryLock(current, position);
                if (lock == null || isCurrent(current)) {
                    return Optional.ofNullable(lock);
                }
                lock.release(); // of a file that was deleted meanwhile: nobody else will look there
            } catch (OverlappingFileLockException e) {
                return Optional.empty(); // somebody in this process, by another class loader: a live reload, for example
            } catch (ClosedChannelException e) {
                Thread.interrupted(); // which closes channels, and would close the next one: these threads are our own
            } catch (IOException e) {
                throw problems.noLocks(path, e);
            }
        }
    }

    private synchronized FileChannel channel(Disk disk) {
        while (channel == null || !isCurrent(channel)) {
            try {
                Object before = key();
                channel = disk.openLocks(path);
                opened = key();
                if (opened == null || !opened.equals(before)) {
                    channel.close(); // just made, by us or another process, or replaced: nobody in this process has locks of it
                }
            } catch (IOException e) {
                throw problems.of("written", path, e);
            }
        }
        return channel;
    }

    /** A file that was deleted, with its directory for example, can still be locked, but another process has a new one. */
    private synchronized boolean isCurrent(FileChannel used) {
        try {
            return used == channel && used.isOpen() && opened.equals(key());
        } catch (IOException e) {
            throw problems.of("read", path, e);
        }
    }

    /** @return what tells this file from another of the same name, or its name on systems that have no such thing, or null */
    private Object key() throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
            return key == null ? path : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
