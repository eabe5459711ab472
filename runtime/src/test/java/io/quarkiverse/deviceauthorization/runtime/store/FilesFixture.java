package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** A directory, a store in it, and what it logs. */
abstract class FilesFixture {

    static final StoredJson PLAIN = new StoredJson(Optional.empty());
    static final StoredJson ENCRYPTED = new StoredJson(
            Optional.of(EncryptionKey.of("0123456789abcdef0123456789abcdef")));

    @TempDir
    Path directory;

    final VirtualTime time = new VirtualTime();
    private final LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.store");
    final List<String> warnings = logged.messages;

    StoreFiles store;

    @BeforeEach
    void open() {
        store = new StoreFiles(directory, time);
    }

    @AfterEach
    void close() {
        logged.close();
    }

    Path root() {
        return directory.resolve("device-authorization");
    }

    Path tokensFile(String owner) {
        return root().resolve("tv/tokens").resolve(owner + ".json");
    }

    void put(StoredJson json, String owner, StoredTokens tokens) {
        assertThat(store.replaceTokens(json, "tv", owner, 0, Optional.of(tokens))).as("stored").isTrue();
    }

    Optional<StoredTokens> find(String owner) {
        return store.findTokens(PLAIN, "tv", owner);
    }

    /** @return what is in a directory and below, as text: to compare it */
    static List<String> contents(Path directory) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted().toList()) {
                contents.add(directory.relativize(path) + (Files.isRegularFile(path) ? ": " + Files.readString(path) : ""));
            }
        }
        return contents;
    }

    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
