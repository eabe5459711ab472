package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

@DisplayName("What the disk refuses changes nothing, and is told with its path and a cure:")
class DiskProblemsTest extends FilesFixture {

    /** Fails where it is told to, and counts what was synced. */
    private static final class BadDisk extends Disk {

        private String failing = "";
        private IOException problem;
        private int synced;
        private int syncedDirectories;

        private void fail(String operation) throws IOException {
            if (failing.equals(operation)) {
                throw problem;
            }
        }

        @Override
        void createDirectory(Path path) throws IOException {
            fail("createDirectory");
            super.createDirectory(path);
        }

        @Override
        FileChannel create(Path file) throws IOException {
            fail("create");
            return super.create(file);
        }

        @Override
        FileChannel openLocks(Path file) throws IOException {
            fail("openLocks");
            return super.openLocks(file);
        }

        @Override
        void write(FileChannel file, ByteBuffer bytes) throws IOException {
            if (failing.equals("write")) {
                super.write(file, ByteBuffer.wrap(bytes.array(), 0, 10));
            }
            fail("write");
            super.write(file, bytes);
        }

        @Override
        void sync(FileChannel file) throws IOException {
            fail("sync");
            synced++;
            super.sync(file);
        }

        @Override
        void replace(Path from, Path to) throws IOException {
            fail("replace");
            super.replace(from, to);
        }

        @Override
        FileLock tryLock(FileChannel file, long position) throws IOException {
            fail("tryLock");
            return super.tryLock(file, position);
        }

        @Override
        void syncDirectory(Path path) {
            syncedDirectories++;
            super.syncDirectory(path);
        }
    }

    private final BadDisk disk = new BadDisk();

    @Test
    @DisplayName("what is written is synced, and so is its name, and that it is gone")
    void synced() {
        store = new StoreFiles(directory, time, disk);
        put(PLAIN, "alice", Samples.tokens("a", 1));
        assertThat(disk.synced).isEqualTo(1);
        assertThat(disk.syncedDirectories).as("three new directories in theirs, and the file in its own").isEqualTo(4);

        store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2)));
        assertThat(disk.synced).isEqualTo(2);
        assertThat(disk.syncedDirectories).isEqualTo(5);

        store.replaceTokens(PLAIN, "tv", "alice", 2, Optional.empty());
        assertThat(disk.syncedDirectories).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = { "create", "write", "sync", "replace" })
    @DisplayName("a full disk")
    void full(String operation) throws IOException {
        refusesToWrite(operation, new IOException("No space left on device"),
                ": the disk is full. What was stored before is still there. Free some space");
        refusesToWrite(operation, new FileSystemException("x", null, "Disk quota exceeded"),
                ": the disk is full. What was stored before is still there. Free some space");
    }

    @ParameterizedTest
    @ValueSource(strings = { "create", "replace" })
    @DisplayName("a read-only file system, or one that denies this user to write")
    void readOnly(String operation) throws IOException {
        refusesToWrite(operation, new FileSystemException("x", null, "Read-only file system"),
                ": the file system is read-only. Set quarkus.device-authorization.\"tv\".tokens.file.directory to a directory that this program can write");
        refusesToWrite(operation, new AccessDeniedException("x"),
                ": permission denied. Give this user access to it, or set quarkus.device-authorization.\"tv\".tokens.file.directory to another directory");
    }

    @Test
    @DisplayName("something else")
    void other() throws IOException {
        refusesToWrite("sync", new IOException("Input/output error"), ": Input/output error. Look after the file system, or set"
                + " quarkus.device-authorization.\"tv\".tokens.file.directory to a directory on another one");
    }

    private void refusesToWrite(String operation, IOException problem, String message) throws IOException {
        store = new StoreFiles(directory, time, disk);
        store.replaceTokens(PLAIN, "tv", "alice", 0, Optional.of(Samples.tokens("a", 1)));
        List<String> before = contents(directory);
        disk.failing = operation;
        disk.problem = problem;

        assertThatThrownBy(() -> store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2))))
                .isInstanceOf(AuthorizationStoreException.class)
                .hasMessage(tokensFile("alice") + " can't be written" + message).hasCause(problem);
        assertThat(find("alice")).contains(Samples.tokens("a", 1));
        assertThat(contents(directory)).as("nothing is left beside").isEqualTo(before);

        disk.failing = "";
        assertThat(store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.of(Samples.tokens("a", 1)))).isTrue();
    }

    @Test
    @DisplayName("a directory that this user can only read: what is in it is read all the same")
    void readOnlyDirectory() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        put(PLAIN, "bob", Samples.tokens("b", 1));
        Files.delete(root().resolve("tv/locks"));
        store = new StoreFiles(directory, time, disk);
        disk.failing = "openLocks";
        disk.problem = new AccessDeniedException("x");

        assertThat(find("alice")).contains(Samples.tokens("a", 1));
        assertThat(store.findOwners(PLAIN, "tv")).containsExactlyInAnyOrder("alice", "bob");
        List<ThrowingCallable> writes = List.of(() -> store.leaseRefresh("tv", "alice"),
                () -> store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.empty()));
        assertThat(writes).allSatisfy(write -> assertThatThrownBy(write).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage(root().toRealPath().resolve("tv/locks") + " can't be written: permission denied. Give this user"
                        + " access to it, or set quarkus.device-authorization.\"tv\".tokens.file.directory to another directory"));
    }

    @Test
    @DisplayName("a file system without locks")
    void noLocks() {
        store = new StoreFiles(directory, time, disk);
        disk.failing = "tryLock";
        disk.problem = new IOException("No locks available");

        List<ThrowingCallable> writes = List.of(() -> store.leaseRefresh("tv", "alice"),
                () -> store.replaceTokens(PLAIN, "tv", "alice", 0, Optional.of(Samples.tokens("a", 1))));
        assertThat(writes).allSatisfy(write -> assertThatThrownBy(write).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageEndingWith("/tv/locks can't be locked: No locks available. The file system seems to have no locks,"
                        + " and without them two processes could spend the same refresh token. Set quarkus.device-authorization.\"tv\".tokens.file.directory to a"
                        + " directory on a local disk"));
        assertThat(find("alice")).isEmpty();
    }

    @Test
    @DisplayName("a home that is missing, and can't be made")
    void missingHome() {
        Path home = directory.resolve("nonexistent/.config/app");
        store = new StoreFiles(home, time, disk);
        disk.failing = "createDirectory";
        disk.problem = new AccessDeniedException("x");

        assertThat(find("alice")).isEmpty();
        assertThatThrownBy(() -> put(PLAIN, "alice", Samples.tokens("a", 1))).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage(home.resolve("device-authorization") + " can't be created: permission denied. Give this user access"
                        + " to it, or set quarkus.device-authorization.\"tv\".tokens.file.directory to another directory");
    }

    @Test
    @DisplayName("a file where the directory has to be")
    void fileInPlaceOfDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "of the user");
        store = new StoreFiles(file, time);
        List<ThrowingCallable> calls = List.of(() -> find("alice"), () -> put(PLAIN, "alice", Samples.tokens("a", 1)));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageContaining("there is a file where a directory has to be. Move that file away, or set"
                        + " quarkus.device-authorization.\"tv\".tokens.file.directory to another directory"));
        assertThat(file).hasContent("of the user");

        Path ours = Files.writeString(directory.resolve("device-authorization"), "of the user");
        store = new StoreFiles(directory, time);
        assertThatThrownBy(() -> find("alice")).hasMessage(ours + " is no directory. Move that file away");
        assertThatThrownBy(() -> put(PLAIN, "alice", Samples.tokens("a", 1))).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageStartingWith(ours + " ").hasMessageContaining("Move that file away");
        assertThat(ours).hasContent("of the user");
    }
}
