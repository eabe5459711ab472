package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Several processes with one directory")
class ProcessesTest extends FilesFixture {

    static final int COUNTS = 200;

    @Test
    @DisplayName("never have a lease at the same time, and whoever is killed has none")
    void lease() throws Exception {
        try (ChildProcess child = ChildProcess.start(directory, "lease")) {
            assertThat(child.line()).isEqualTo("held");
            assertThat(store.leaseRefresh("tv", "alice")).isEmpty();
            assertThat(store.leaseRefresh("tv", "bob")).isPresent().get().satisfies(Runnable::run);
            put(PLAIN, "alice", Samples.tokens("a", 1));
            child.kill();
            Runnable mine = store.leaseRefresh("tv", "alice").orElseThrow();

            try (ChildProcess next = ChildProcess.start(directory, "lease")) {
                assertThat(next.line()).isEqualTo("refused");
            }
            mine.run();
            try (ChildProcess next = ChildProcess.start(directory, "lease")) {
                assertThat(next.line()).isEqualTo("held");
            }
        }
    }

    @Test
    @DisplayName("replace what they expect, and nothing else")
    void compareAndSet() throws Exception {
        put(PLAIN, "alice", ChildProcess.counted(0, 1));
        List<ChildProcess> children = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                children.add(ChildProcess.start(directory, "count"));
            }
            for (ChildProcess child : children) {
                assertThat(child.exitCode()).isZero();
            }
        } finally {
            for (ChildProcess child : children) {
                child.close();
            }
        }
        assertThat(find("alice")).contains(ChildProcess.counted(3 * COUNTS, 1 + 3 * COUNTS));
        assertThat(names(root().resolve("tv/tokens"))).containsExactly("alice.json");
    }

    @Test
    @DisplayName("find what a process has said is stored, and never half of a file, when it is killed at any moment")
    void killed() throws Exception {
        Random random = new Random(4);
        long stored = 0;
        for (int i = 0; i < 8; i++) {
            try (ChildProcess child = ChildProcess.start(directory, "write")) {
                for (int lines = 1 + random.nextInt(50); lines > 0; lines--) {
                    stored = Long.parseLong(child.line());
                }
                child.kill();
                for (String line = child.line(); line != null && !line.isEmpty(); line = child.line()) {
                    stored = Math.max(stored, Long.parseLong(line));
                }
            }
            long said = stored;
            assertThat(find("alice").orElseThrow().version()).isBetween(said, said + 1);
        }
        assertThat(warnings).as("nothing was broken").isEmpty();
        assertThat(names(root().resolve("tv/tokens"))).isSubsetOf("alice.json", "alice.json.tmp");
        assertThat(store.replaceTokens(PLAIN, "tv", "alice", find("alice").orElseThrow().version(), Optional.empty())).isTrue();
    }
}
