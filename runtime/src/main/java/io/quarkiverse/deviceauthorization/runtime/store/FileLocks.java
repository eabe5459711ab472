package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

/**
 * The locks of one client's files, among threads and processes: short ones around a write, and one that is held for a refresh.
 * They are bytes of one file: some that stand for all names, for writes, and beyond them one for each owner, for refreshes.
 */
final class FileLocks {

    private static final Logger LOG = Logger.getLogger(FileLocks.class);

    /** Static, since the locks of a file belong to the process. It grows by one for each client and directory. */
    private static final ConcurrentMap<Path, FileLocks> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private static final int STRIPES = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long SHORTEST_PAUSE = Duration.ofNanos(100_000).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(5).toNanos();

    private final LockFile file;
    private final ReentrantLock[] stripes = IntStream.range(0, STRIPES).mapToObj(stripe -> new ReentrantLock())
            .toArray(ReentrantLock[]::new);
    private final Set<Long> leased = ConcurrentHashMap.newKeySet();

    private FileLocks(Path path, FileProblems problems) {
        this.file = new LockFile(path, problems);
    }

    /** @param directory has to exist */
    static FileLocks in(Path directory, FileProblems problems) {
        try {
            return OF_THIS_PROCESS.computeIfAbsent(directory.toRealPath().resolve("locks"),
                    path -> new FileLocks(path, problems));
        } catch (IOException e) {
            throw problems.of("read", directory, e);
        }
    }

    /**
     * Lets nobody else work on the same name, here or in another process.
     *
     * @param work is short, and takes no such lock itself
     */
    <T> T exclusively(String name, Disk disk, Supplier<T> work) {
        int stripe = Math.floorMod(name.hashCode(), STRIPES);
        stripes[stripe].lock();
        try {
            FileLock lock = lock(stripe, disk);
            try {
                return work.get();
            } finally {
                release(lock);
            }
        } finally {
            stripes[stripe].unlock();
        }
    }

    /** Asks again and again: a blocking lock could not be given up, and systems take waiting threads for a deadlock. */
    private FileLock lock(int stripe, Disk disk) {
        long pause = SHORTEST_PAUSE;
        for (long start = System.nanoTime(); System.nanoTime() - start < PATIENCE.toNanos();) {
            Optional<FileLock> lock = file.tryLock(stripe, disk);
            if (lock.isPresent()) {
                return lock.get();
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        throw new AuthorizationStoreException(file + " has been locked by another process for " + PATIENCE.toSeconds()
                + " seconds. If it hangs, end it", null);
    }

    /** @return what gives the lease back, any number of times; empty when somebody has it */
    Optional<Runnable> tryLease(String owner, Disk disk) {
        long position = STRIPES + FileNames.hash(owner);
        if (!leased.add(position)) {
            return Optional.empty();
        }
        Optional<FileLock> lock = Optional.empty();
        try {
            lock = file.tryLock(position, disk);
        } finally {
            if (lock.isEmpty()) {
                leased.remove(position);
            }
        }
        AtomicBoolean given = new AtomicBoolean();
        return lock.map(held -> () -> {
            if (given.compareAndSet(false, true)) {
                release(held);
                leased.remove(position);
            }
        });
    }

    private void release(FileLock lock) {
        try {
            lock.release();
        } catch (IOException e) { // closed by an interrupt, and released by that
            LOG.debugf("A lock of %s was released before: %s", file, e.getMessage());
        }
    }
}
