package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

@DisplayName("The files of the file store")
class StoreFilesTest extends FilesFixture {

    @Test
    @DisplayName("are where a person would look for them")
    void layout() throws IOException {
        store.replaceTokens(PLAIN, "<default>", "alice", 0, Optional.of(Samples.tokens("a", 1)));
        put(PLAIN, "alice@example.com", Samples.tokens("a", 1));
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "3f1c-0a", time.instant()));

        assertThat(names(root())).containsExactly("default~b4c89bd2e70ca62dab0fb5a8e94abe65", "tv");
        assertThat(names(root().resolve("tv"))).containsExactly("flows", "locks", "tokens");
        assertThat(names(root().resolve("tv/tokens")))
                .containsExactly("alice-example-com~ff8d9819fc0e12bf0d24892e45987e24.json");
        assertThat(names(root().resolve("tv/flows"))).containsExactly("3f1c-0a.json");
        assertThat(Files.readString(tokensFile("alice-example-com~ff8d9819fc0e12bf0d24892e45987e24")))
                .startsWith("{\n  \"format\" : 1,\n  \"client\" : \"tv\",\n  \"owner\" : \"alice@example.com\",\n");
    }

    @Test
    @DisplayName("are for this user only, with the directories that are made for them, and from their first moment on")
    void permissions() throws IOException {
        StringBuilder seen = new StringBuilder();
        Path home = directory.resolve("missing/home");
        store = new StoreFiles(home, time, new Disk() {
            @Override
            void write(java.nio.channels.FileChannel file, java.nio.ByteBuffer bytes) throws IOException {
                seen.append(permissions(home.resolve("device-authorization/tv/tokens/alice.json.tmp")));
                super.write(file, bytes);
            }
        });
        put(PLAIN, "alice", Samples.tokens("a", 1));

        assertThat(seen).as("before there is anything in it").hasToString("rw-------");
        try (Stream<Path> all = Files.walk(directory.resolve("missing"))) {
            assertThat(all).hasSize(7).allSatisfy(path -> assertThat(permissions(path)).as(path.toString())
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    @DisplayName("are made by nobody who only reads")
    void reading() throws IOException {
        assertThat(find("alice")).isEmpty();
        assertThat(store.findFlow(PLAIN, "tv", "id")).isEmpty();
        assertThat(store.findFlows(PLAIN, "tv", "alice")).isEmpty();
        assertThat(store.findOwners(PLAIN, "tv")).isEmpty();
        assertThat(names(directory)).isEmpty();
    }

    @Test
    @DisplayName("stay in their directory and apart, whatever an owner, a client or a flow is called")
    void hostileNames() throws IOException {
        List<String> names = List.of("..", "../../up", "/etc/passwd", "a/b", "a\\b", ".", "", " ", "a\0b", "new\nline",
                "x".repeat(10_000), "y".repeat(10_000), "<default>", "Alice", "alice", "ALICE", "nul", "a.json", "\ud800", "?",
                "a~b", "*", "C:\\x", "locks", "tokens");
        Map<List<String>, StoredTokens> expected = new HashMap<>();
        long version = 0;
        for (String client : names) {
            for (String owner : names) {
                StoredTokens tokens = Samples.tokens("a", ++version);
                expected.put(List.of(client, owner), tokens);
                assertThat(store.replaceTokens(PLAIN, client, owner, 0, Optional.of(tokens))).isTrue();
            }
            store.replaceFlow(PLAIN, 0, Samples.flow("tv", client, client, time.instant()));
        }

        expected.forEach((key, tokens) -> assertThat(store.findTokens(PLAIN, key.get(0), key.get(1))).contains(tokens));
        assertThat(names).allSatisfy(client -> {
            assertThat(store.findOwners(PLAIN, client)).containsExactlyInAnyOrderElementsOf(names);
            assertThat(store.findFlow(PLAIN, "tv", client).orElseThrow().pending().owner()).isEqualTo(client);
        });
        assertThat(names(directory)).containsExactly("device-authorization");
        try (Stream<Path> all = Files.walk(root())) {
            assertThat(all.map(path -> root().relativize(path))).allMatch(path -> path.getNameCount() <= 3);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    @DisplayName("are gone when tokens are forgotten")
    void deleted() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 5));

        assertThat(store.replaceTokens(PLAIN, "tv", "alice", 4, Optional.empty())).isFalse();
        assertThat(store.replaceTokens(PLAIN, "tv", "alice", 5, Optional.empty())).isTrue();
        assertThat(find("alice")).isEmpty();
        assertThat(names(root().resolve("tv/tokens"))).isEmpty();
    }

    @Test
    @DisplayName("of flows are gone ten minutes after their codes ended, when another flow begins, and not before")
    void forgotten() throws IOException {
        StoredFlow flow = Samples.flow("tv", "alice", "one", time.instant().plusSeconds(60));
        store.replaceFlow(PLAIN, 0, flow);
        Path left = root().resolve("tv/flows/killed.json.tmp");
        time.advance(Duration.ofMinutes(11));
        Files.writeString(left, "what a process was about to write when it was killed");
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "two", time.instant()));
        assertThat(store.findFlow(PLAIN, "tv", "one")).as("after exactly ten minutes").contains(flow);
        assertThat(left).doesNotExist();

        time.advance(1);
        assertThat(store.findFlow(PLAIN, "tv", "one")).as("nothing begins").contains(flow);
        Files.writeString(root().resolve("tv/flows/newer.json"), "{\"format\":2}");
        allow(root().resolve("tv/flows/newer.json"), "rw-------");
        new StoreFiles(directory, time).replaceFlow(ENCRYPTED.acceptingPlain(), 0,
                Samples.flow("tv", "alice", "three", time.instant()));
        assertThat(names(root().resolve("tv/flows"))).containsExactly("newer.json", "three.json", "two.json");
    }

    @Test
    @DisplayName("of flows are not gone as long as their codes live, even if another process has given a flow new ones")
    void longerFlow() {
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "one", time.instant()));
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "two", time.instant())); // has seen when the first one ends
        StoredFlow longer = Samples.flow("tv", "alice", "one", time.instant().plusSeconds(3600)).replacing(1);
        assertThat(new StoreFiles(directory, time).replaceFlow(PLAIN, 1, longer)).isTrue();
        time.advance(Duration.ofMinutes(11));
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "three", time.instant()));

        assertThat(store.findFlow(PLAIN, "tv", "one")).contains(longer);
        assertThat(store.findFlow(PLAIN, "tv", "two")).isEmpty();
    }

    @Test
    @DisplayName("in a list are those of pending flows of one owner whose codes live")
    void pendingFlows() {
        StoredFlow pending = Samples.flow("tv", "alice", "one", time.instant().plusSeconds(60));
        store.replaceFlow(PLAIN, 0, pending);
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "bob", "two", time.instant().plusSeconds(60)));
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "three", time.instant()));
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "four", time.instant().plusSeconds(60))
                .ended(StoredFlow.Status.DENIED, Optional.empty()));

        assertThat(store.findFlows(PLAIN, "tv", "alice")).containsExactly(pending);
    }

    @Test
    @DisplayName("are replaced as a whole: what was left beside by a process that was killed is in nobody's way")
    void leftBeside() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        Files.writeString(tokensFile("alice").resolveSibling("alice.json.tmp"), "{\"format\":1,\"cl");

        assertThat(find("alice")).contains(Samples.tokens("a", 1));
        assertThat(store.findOwners(PLAIN, "tv")).containsExactly("alice");
        assertThat(store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2)))).isTrue();
        assertThat(names(root().resolve("tv/tokens"))).containsExactly("alice.json");
    }

    @Test
    @DisplayName("that were written without encryption are read by who is told to, and encrypted when they are written next")
    void encryptedNext() throws IOException {
        StoredJson migrating = ENCRYPTED.acceptingPlain();
        put(PLAIN, "alice", Samples.tokens("a", 1));

        assertThat(store.findTokens(migrating, "tv", "alice")).contains(Samples.tokens("a", 1));
        assertThat(Files.readString(tokensFile("alice"))).contains("access-a");
        assertThat(store.replaceTokens(migrating, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2)))).isTrue();
        assertThat(Files.readString(tokensFile("alice"))).doesNotContain("access-b", "alice").contains("\"jwe\"");
        assertThat(store.findTokens(ENCRYPTED, "tv", "alice")).contains(Samples.tokens("b", 2));
        assertThat(store.findOwners(ENCRYPTED, "tv")).containsExactly("alice");
    }

    @Test
    @DisplayName("may be in a directory that is a link, as people have it who keep their configuration elsewhere")
    void linkedHome() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
        store = new StoreFiles(link, time);
        put(PLAIN, "alice", Samples.tokens("a", 1));

        assertThat(elsewhere.resolve("device-authorization/tv/tokens/alice.json")).isRegularFile();
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(new StoreFiles(elsewhere, time).findTokens(PLAIN, "tv", "alice")).contains(Samples.tokens("a", 1));
        assertThat(store.toString()).isEqualTo(link.toString());
    }
}
