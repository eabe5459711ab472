package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The locks of the file store")
class FileLocksTest extends FilesFixture {

    @Test
    @DisplayName("are the same for all stores of a process that share a directory, however it is spelt")
    void twoStores() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolveSibling(directory.getFileName() + "-link"), directory);
        StoreFiles other = new StoreFiles(link, time);
        Runnable lease = store.leaseRefresh("tv", "alice").orElseThrow();

        assertThat(other.leaseRefresh("tv", "alice")).isEmpty();
        assertThat(store.leaseRefresh("tv", "alice")).isEmpty();
        Runnable ofBob = other.leaseRefresh("tv", "bob").orElseThrow();
        Runnable ofRadio = other.leaseRefresh("radio", "alice").orElseThrow();
        lease.run();
        Runnable next = other.leaseRefresh("tv", "alice").orElseThrow();
        lease.run();
        assertThat(store.leaseRefresh("tv", "alice")).as("a lease that was given back is nobody's to give back").isEmpty();
        List.of(next, ofBob, ofRadio).forEach(Runnable::run);
    }

    @Test
    @DisplayName("let one of many threads and stores replace a version")
    void race() throws Exception {
        int writers = 8;
        put(PLAIN, "alice", Samples.tokens("a", 1));
        List<StoreFiles> stores = List.of(store, new StoreFiles(directory, time));
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            for (long version = 1; version <= 50; version++) {
                long expected = version;
                List<Future<Boolean>> done = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    StoreFiles mine = stores.get(i % 2);
                    done.add(threads.submit(() -> mine.replaceTokens(PLAIN, "tv", "alice", expected,
                            Optional.of(Samples.tokens("b", expected + 1)))));
                }
                int winners = 0;
                for (Future<Boolean> future : done) {
                    winners += future.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("don't keep a lease from anybody while something is written, or the other way round")
    void independent() {
        Runnable lease = store.leaseRefresh("tv", "alice").orElseThrow();
        put(PLAIN, "alice", Samples.tokens("a", 1));
        assertThat(store.leaseRefresh("tv", "alice")).isEmpty();
        lease.run();
        assertThat(store.leaseRefresh("tv", "alice")).isPresent().get().satisfies(Runnable::run);
    }

    @Test
    @DisplayName("are taken of a new file when somebody deleted the old one, with all else or alone")
    void deleted() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        Runnable lease = store.leaseRefresh("tv", "alice").orElseThrow();
        Path locks = root().resolve("tv/locks");
        Object old = Files.getAttribute(locks, "unix:ino");
        Files.delete(locks);

        assertThat(store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2)))).isTrue();
        assertThat(Files.getAttribute(locks, "unix:ino")).isNotEqualTo(old);
        assertThat(permissions(locks)).isEqualTo("rw-------");
        assertThat(store.leaseRefresh("tv", "alice")).as("still held in this process").isEmpty();
        lease.run();

        for (Path gone : List.of(tokensFile("alice"), root().resolve("tv/tokens"), locks, root().resolve("tv"), root())) {
            Files.delete(gone);
        }
        put(PLAIN, "alice", Samples.tokens("c", 1));
        Runnable again = store.leaseRefresh("tv", "alice").orElseThrow();
        again.run();
        assertThat(locks).exists();
    }

    @Test
    @DisplayName("are taken again when the file is deleted in the moment in which they are taken")
    void deletedMeanwhile() {
        Path locks = root().resolve("tv/locks");
        int[] taken = { 0 };
        store = new StoreFiles(directory, time, new Disk() {
            @Override
            FileLock tryLock(FileChannel file, long position) throws IOException {
                FileLock lock = super.tryLock(file, position);
                if (taken[0]++ == 0) {
                    Files.delete(locks);
                }
                return lock;
            }
        });
        assertThat(store.leaseRefresh("tv", "alice")).isPresent().get().satisfies(Runnable::run);
        assertThat(taken[0]).isEqualTo(2);
        assertThat(locks).exists();
    }

    @Test
    @DisplayName("survive that their file is closed, as an interrupt may do it")
    void closed() {
        boolean[] closed = { false };
        store = new StoreFiles(directory, time, new Disk() {
            @Override
            FileLock tryLock(FileChannel file, long position) throws IOException {
                if (!closed[0]) {
                    closed[0] = true;
                    file.close();
                }
                return super.tryLock(file, position);
            }
        });
        put(PLAIN, "alice", Samples.tokens("a", 1));
        closed[0] = false;
        assertThat(store.leaseRefresh("tv", "alice")).isPresent().get().satisfies(Runnable::run);
    }

    @Test
    @DisplayName("are waited for while somebody has them whom this class loader doesn't know, such as the application before a"
            + " live reload")
    void overlapping() {
        int[] left = { 3 };
        store = new StoreFiles(directory, time, new Disk() {
            @Override
            FileLock tryLock(FileChannel file, long position) throws IOException {
                if (left[0]-- > 0) {
                    throw new OverlappingFileLockException();
                }
                return super.tryLock(file, position);
            }
        });

        assertThat(store.leaseRefresh("tv", "alice")).as("taken").isEmpty();
        put(PLAIN, "alice", Samples.tokens("a", 1));
        assertThat(left[0]).isNegative();
        assertThat(store.leaseRefresh("tv", "alice")).isPresent().get().satisfies(Runnable::run);
    }
}
