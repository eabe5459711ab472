package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

@DisplayName("A file that can't be used")
class UnusableFilesTest extends FilesFixture {

    private static final StoredJson OTHER_KEY = new StoredJson(
            Optional.of(EncryptionKey.of("another key of at least 32 characters")));

    @ParameterizedTest
    @ValueSource(strings = { "", "s3cret", "{\"format\":1,\"client\":\"tv\",\"own",
            "{\"format\":1,\"access_token\":\"s3cret\"}" })
    @DisplayName("because it is broken is kept aside, counts as not there, and makes room for a new one")
    void broken(String content) throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        Files.writeString(tokensFile("alice"), content);

        assertThat(find("alice")).isEmpty();
        Path aside = tokensFile("alice").resolveSibling("alice.json.broken-20260101T000000.000Z");
        assertThat(aside).hasContent(content);
        assertThat(permissions(aside)).isEqualTo("rw-------");
        assertThat(warnings).singleElement().asString().startsWith(tokensFile("alice") + " is broken: ")
                .endsWith(". It counts as not there, and is kept as " + aside).doesNotContain("s3cret");
        put(PLAIN, "alice", Samples.tokens("b", 7));
        assertThat(find("alice")).contains(Samples.tokens("b", 7));
    }

    @Test
    @DisplayName("because it is broken doesn't take the place of an earlier one")
    void brokenAgain() throws IOException {
        for (String content : List.of("one", "two", "three")) {
            put(PLAIN, "alice", Samples.tokens("a", 1));
            Files.writeString(tokensFile("alice"), content);
            assertThat(store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2))))
                    .as("there is no version 1 any more").isFalse();
        }
        String aside = "alice.json.broken-20260101T000000.000Z";
        assertThat(contents(root().resolve("tv/tokens"))).containsExactly("", aside + ": one", aside + "-2: two",
                aside + "-3: three");
    }

    @Test
    @DisplayName("because it was encrypted with this key and damaged is broken as well")
    void damaged() throws IOException {
        put(ENCRYPTED, "alice", Samples.tokens("a", 1));
        String text = Files.readString(tokensFile("alice"));
        int middle = text.length() / 2;
        Files.writeString(tokensFile("alice"),
                text.substring(0, middle) + (text.charAt(middle) == 'A' ? 'B' : 'A') + text.substring(middle + 1));

        assertThat(store.findTokens(ENCRYPTED, "tv", "alice")).isEmpty();
        assertThat(warnings).singleElement().asString().contains("changed since then");
    }

    @Test
    @DisplayName("because it is somebody else's, who was copied over it, is broken as well")
    void foreign() throws IOException {
        put(PLAIN, "alice", Samples.tokens("alice", 1));
        put(PLAIN, "bob", Samples.tokens("bob", 1));
        store.replaceTokens(PLAIN, "radio", "alice", 0, Optional.of(Samples.tokens("radio", 1)));
        Files.writeString(tokensFile("bob"), Files.readString(tokensFile("alice")));
        Files.writeString(tokensFile("alice"), Files.readString(root().resolve("radio/tokens/alice.json")));

        assertThat(store.findOwners(PLAIN, "tv")).isEmpty();
        assertThat(find("alice")).isEmpty();
        assertThat(find("bob")).isEmpty();
        assertThat(warnings).hasSize(2).allMatch(text -> text.contains("it belongs to somebody else, or to another client"));
    }

    @Test
    @DisplayName("because of a newer format is left alone")
    void newer() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        Files.writeString(tokensFile("alice"), "{\"format\":2,\"s3cret\":[]}");

        refusedUntouched(PLAIN, tokensFile("alice") + " was written by a newer version of this application (format 2; this one"
                + " knows format 1), and is left as it is. Update this application");
    }

    @Test
    @DisplayName("because of another key, or for want of one, is left alone")
    void otherKey() throws IOException {
        put(ENCRYPTED, "alice", Samples.tokens("a", 1));

        refusedUntouched(OTHER_KEY, tokensFile("alice") + " was encrypted with another key, and is left as it is. Set"
                + " quarkus.device-authorization.\"tv\".tokens.encryption.key (or what"
                + " quarkus.device-authorization.\"tv\".tokens.encryption.provider.name knows) to that key, or move it"
                + " away to sign in again");
        refusedUntouched(PLAIN, tokensFile("alice") + " is encrypted. Set"
                + " quarkus.device-authorization.\"tv\".tokens.encryption.key to the key that it was encrypted with");
    }

    @Test
    @DisplayName("because it is not encrypted where files are is left alone, and made up for nobody")
    void plain() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        StoredFlow flow = Samples.flow("tv", "alice", "id", time.instant().plusSeconds(60));
        store.replaceFlow(PLAIN, 0, flow);

        assertThat(store.findFlows(ENCRYPTED, "tv", "alice")).isEmpty();
        assertThatThrownBy(() -> store.findFlow(ENCRYPTED, "tv", "id")).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageContaining("is not encrypted");
        refusedUntouched(ENCRYPTED, tokensFile("alice") + " is not encrypted, and what is stored for this client has to be. It"
                + " is not used, since whoever can write there may have made it up, and is left as it is. If it is from before"
                + " there was a key, set quarkus.device-authorization.\"tv\".tokens.encryption.accept-plain=true until it has"
                + " been written again; if not, find out who writes there, and move it away to sign in again");
        assertThat(store.findOwners(ENCRYPTED, "tv")).as("who can be signed out, or told").containsExactly("alice");
        assertThat(store.findFlows(ENCRYPTED.acceptingPlain(), "tv", "alice")).containsExactly(flow);
    }

    @Test
    @DisplayName("of one owner keeps nobody from finding all others, and is named as far as its name tells")
    void otherOwners() {
        put(ENCRYPTED, "alice", Samples.tokens("a", 1));
        put(OTHER_KEY, "bob", Samples.tokens("b", 1));
        put(OTHER_KEY, "Carol@example.com", Samples.tokens("c", 1));

        assertThat(store.findOwners(ENCRYPTED, "tv")).containsExactlyInAnyOrder("alice", "bob");
        assertThat(warnings).singleElement().asString()
                .startsWith("Tokens of an owner whose name can't be told are left out where all owners are asked for: ")
                .contains("was encrypted with another key, and is left as it is");
        assertThatThrownBy(() -> store.findTokens(ENCRYPTED, "tv", "bob")).isInstanceOf(AuthorizationStoreException.class);
    }

    @Test
    @DisplayName("because of another key keeps nobody from going on with another sign-in, nor from beginning one")
    void otherKeyOfAFlow() {
        store.replaceFlow(ENCRYPTED, 0, Samples.flow("tv", "alice", "old", time.instant().plusSeconds(60)));
        StoredFlow mine = Samples.flow("tv", "alice", "new", time.instant().plusSeconds(60));

        assertThat(store.findFlows(OTHER_KEY, "tv", "alice")).isEmpty();
        assertThat(store.replaceFlow(OTHER_KEY, 0, mine)).isTrue();
        assertThat(store.findFlows(OTHER_KEY, "tv", "alice")).containsExactly(mine);
    }

    @Test
    @Timeout(60)
    @DisplayName("because it was broken when it was to be forgotten holds up nobody")
    void brokenWhenForgotten() throws IOException {
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "old", time.instant()));
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "second", time.instant().plusSeconds(9_000)));
        Path flows = root().resolve("tv/flows");
        Files.writeString(flows.resolve("old.json"), "broken");
        time.advance(601);
        store.replaceFlow(PLAIN, 0, Samples.flow("tv", "alice", "third", time.instant().plusSeconds(9_000)));

        assertThat(names(flows)).hasSize(3).contains("second.json", "third.json").doesNotContain("old.json");
    }

    @ParameterizedTest
    @ValueSource(strings = { "rw--w----", "rw-----w-", "rw-rw-rw-" })
    @DisplayName("because others can write it is not read")
    void writable(String permissions) throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        allow(tokensFile("alice"), permissions);

        refusedUntouched(PLAIN, tokensFile("alice") + " can be written by others, who may have put something else there, and is"
                + " not used. If nobody has, allow it again: chmod go-w '" + tokensFile("alice") + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "tv", "tv/tokens" })
    @DisplayName("because others can change what is in its directory is not read")
    void writableDirectory(String name) throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        Path changed = root().resolve(name);
        allow(changed, "rwxrwx---");

        refusedUntouched(PLAIN,
                changed + " can be written by others, who may have put something else there, and is not used. If"
                        + " nobody has, allow it again: chmod go-w '" + changed + "'");
        assertThatThrownBy(() -> store.findOwners(PLAIN, "tv")).hasMessageContaining("chmod go-w");
    }

    @Test
    @DisplayName("because it belongs to another user is not read")
    void otherUser() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        UserPrincipal somebody = () -> "somebody";
        store = new StoreFiles(directory, time, new Disk() {
            @Override
            UserPrincipal user() {
                return somebody;
            }
        });

        refusedUntouched(PLAIN, root() + " belongs to the user " + Files.getOwner(root()).getName()
                + ", and this program runs as somebody. Run it as that user, or set quarkus.device-authorization.\"tv\".tokens.file.directory to a directory of its"
                + " own");
    }

    @Test
    @DisplayName("because it is a link is not followed, nor is a directory that is one")
    void links() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        Path elsewhere = Files.move(tokensFile("alice"), directory.resolve("elsewhere.json"));
        Files.createSymbolicLink(tokensFile("alice"), elsewhere);

        refusedUntouched(PLAIN, tokensFile("alice") + " is a symbolic link, and is not read. Move it away");

        Path folder = Files.move(root().resolve("tv/tokens"), directory.resolve("elsewhere"));
        Files.createSymbolicLink(root().resolve("tv/tokens"), folder);
        refusedUntouched(PLAIN, root().resolve("tv/tokens")
                + " is a symbolic link, and is not followed. Set quarkus.device-authorization.\"tv\".tokens.file.directory to where the tokens are");
    }

    @Test
    @DisplayName("because it is a directory is not read")
    void directoryInItsPlace() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        Files.delete(tokensFile("alice"));
        Files.createDirectory(tokensFile("alice"));

        refusedUntouched(PLAIN, tokensFile("alice") + " is no file, and is not read. Move it away");
    }

    @Test
    @DisplayName("is not looked for where the file system knows no such permissions")
    void noPermissions() throws IOException {
        store = new StoreFiles(directory, time, new Disk() {
            @Override
            boolean isPosix(Path path) {
                return false;
            }
        });
        put(PLAIN, "alice", Samples.tokens("a", 1));
        allow(tokensFile("alice"), "rw-rw-rw-");
        allow(root(), "rwxrwxrwx");

        assertThat(find("alice")).contains(Samples.tokens("a", 1));
        assertThat(store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2)))).isTrue();
    }

    @Test
    @DisplayName("by others only, who can read it, is used, with one warning, and for this user only when it is written next")
    void readable() throws IOException {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        allow(tokensFile("alice"), "rw-r--r--");

        assertThat(find("alice")).contains(Samples.tokens("a", 1));
        assertThat(find("alice")).contains(Samples.tokens("a", 1));
        assertThat(warnings).containsExactly(tokensFile("alice") + " can be read by others. That ends when it is written next;"
                + " until then: chmod go-r '" + tokensFile("alice") + "'");
        store.replaceTokens(PLAIN, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2)));
        assertThat(permissions(tokensFile("alice"))).isEqualTo("rw-------");
    }

    private void refusedUntouched(StoredJson json, String message) throws IOException {
        List<String> before = contents(directory);
        List<ThrowingCallable> calls = List.of(() -> store.findTokens(json, "tv", "alice"),
                () -> store.replaceTokens(json, "tv", "alice", 0, Optional.of(Samples.tokens("b", 1))),
                () -> store.replaceTokens(json, "tv", "alice", 1, Optional.of(Samples.tokens("b", 2))),
                () -> store.replaceTokens(json, "tv", "alice", 1, Optional.empty()));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage(message));
        assertThat(contents(directory)).isEqualTo(before);
        assertThat(warnings).isEmpty();
    }
}
