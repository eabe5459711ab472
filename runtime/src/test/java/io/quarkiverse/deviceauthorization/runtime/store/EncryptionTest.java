package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.smallrye.mutiny.Uni;

@DisplayName("The encryption of what is stored")
class EncryptionTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final EncryptionKey KEY = EncryptionKey.of(SECRET);

    @Test
    @DisplayName("shows nothing of what it encrypts, and never encrypts the same twice")
    void hidden() throws Exception {
        StoredJson json = new StoredJson(Optional.of(KEY));
        String text = json.write("tv", "alice", Samples.wholeTokens());
        assertThat(text).contains("\"format\" : 1", "\"jwe\" : \"").doesNotContain("access", "alice", "scope", SECRET);
        assertThat(json.write("tv", "alice", Samples.wholeTokens())).isNotEqualTo(text);
        assertThat(new String(java.util.Base64.getUrlDecoder().decode(KEY.encrypt("x").split("\\.")[0])))
                .startsWith("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"");
    }

    @Test
    @DisplayName("wants a key of 32 characters")
    void tooShort() {
        assertThatThrownBy(() -> Encryption.withKey("s3cret")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The key to encrypt tokens with has 6 characters, and 32 are the least. Make one with:"
                        + " openssl rand -base64 32");
        assertThat(Encryption.withKey(SECRET).isKnown()).isTrue();
    }

    @Test
    @DisplayName("tells another key from a text that was damaged")
    void otherKey() {
        String encrypted = KEY.encrypt("text");
        assertThatThrownBy(() -> EncryptionKey.of(SECRET + "x").decrypt(encrypted, "tv", "/x/alice.json"))
                .isInstanceOf(AuthorizationStoreException.class)
                .hasMessage("/x/alice.json was encrypted with another key, and is left as it is. Set"
                        + " quarkus.device-authorization.\"tv\".tokens.encryption.key (or what"
                        + " quarkus.device-authorization.\"tv\".tokens.encryption.provider.name knows) to that key, or move it"
                        + " away to sign in again");
        String[] parts = encrypted.split("\\.");
        parts[3] = (parts[3].charAt(0) == 'A' ? 'B' : 'A') + parts[3].substring(1);
        assertThatThrownBy(() -> KEY.decrypt(String.join(".", parts), "tv", "/x/alice.json"))
                .isInstanceOf(BrokenContentException.class)
                .hasMessage("it was encrypted with this key, and changed since then");
    }

    @Test
    @DisplayName("can't be done without a key, and says which one to set")
    void noKey() {
        String text = new StoredJson(Optional.of(KEY)).write("<default>", "alice", Samples.wholeTokens());
        assertThatThrownBy(() -> new StoredJson(Optional.empty()).readTokens(text, "<default>", "/x/alice.json"))
                .isInstanceOf(AuthorizationStoreException.class).hasMessage("/x/alice.json is encrypted. Set"
                        + " quarkus.device-authorization.tokens.encryption.key to the key that it was encrypted with");
    }

    @Test
    @DisplayName("leaves alone what is not encrypted, whose words it doesn't take, and says what to do")
    void plainRefused() {
        StoredJson json = new StoredJson(Optional.of(KEY));
        StoredJson plain = new StoredJson(Optional.empty());
        String message = "/x/alice.json is not encrypted, and what is stored for this client has to be. It is not used, since"
                + " whoever can write there may have made it up, and is left as it is. If it is from before there was a key,"
                + " set quarkus.device-authorization.\"tv\".tokens.encryption.accept-plain=true until it has been written"
                + " again; if not, find out who writes there, and move it away to sign in again";
        assertThatThrownBy(
                () -> json.readTokens(plain.write("tv", "alice", Samples.wholeTokens()), "tv", "/x/alice.json"))
                .isInstanceOf(AuthorizationStoreException.class).hasMessage(message);
        assertThatThrownBy(() -> json.readFlow(plain.write(Samples.wholeFlow()), "tv", "/x/alice.json"))
                .isInstanceOf(AuthorizationStoreException.class).hasMessage(message);
    }

    @Test
    @DisplayName("reads what is from before there was a key, if it is told to, and warns of it once")
    void plainAccepted() throws Exception {
        String tokens = new StoredJson(Optional.empty()).write("tv", "alice", Samples.wholeTokens());
        String flow = new StoredJson(Optional.empty()).write(Samples.wholeFlow());
        for (Encryption encryption : List.of(Encryption.withKey(SECRET),
                Encryption.withKeyFrom(() -> Uni.createFrom().item(SECRET)))) {
            StoredJson json = json(encryption.acceptingPlain());
            try (LoggedWarnings logged = new LoggedWarnings(StoredJson.class.getName())) {
                assertThat(json.readTokens(tokens, "tv", "/x/alice.json").stored()).isEqualTo(Samples.wholeTokens());
                assertThat(json.readFlow(flow, "tv", "it")).isEqualTo(Samples.wholeFlow());
                assertThat(logged.messages).containsExactly("/x/alice.json is not encrypted. It is used, and so is all else"
                        + " that whoever can write there puts there, since"
                        + " quarkus.device-authorization.\"tv\".tokens.encryption.accept-plain is set. Remove that key when"
                        + " what was stored before has been written again");
            }
            assertThat(json.write("tv", "alice", Samples.wholeTokens())).contains("\"jwe\"");
        }
    }

    @Test
    @DisplayName("that nobody asks for reads what is not encrypted, and warns of nothing")
    void none() throws Exception {
        StoredJson json = new StoredJson(Optional.empty());
        try (LoggedWarnings logged = new LoggedWarnings(StoredJson.class.getName())) {
            assertThat(json.readFlow(json.write(Samples.wholeFlow()), "tv", "it")).isEqualTo(Samples.wholeFlow());
            assertThat(logged.messages).isEmpty();
        }
    }

    @Test
    @DisplayName("asks for its key until it has one, and then no more")
    void provided() throws Exception {
        List<Uni<String>> answers = new ArrayList<>(List.of(Uni.createFrom().failure(new IllegalStateException("away")),
                Uni.createFrom().item("short"), Uni.createFrom().item(SECRET)));
        Encryption encryption = Encryption.withKeyFrom(() -> answers.remove(0));
        assertThat(encryption.isKnown()).isFalse();
        assertThatThrownBy(() -> json(encryption)).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage("The key to encrypt tokens with can't be had: away");
        assertThatThrownBy(() -> json(encryption)).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageContaining("has 5 characters, and 32 are the least");
        String text = new StoredJson(Optional.of(KEY)).write("tv", "alice", Samples.wholeTokens());
        assertThat(json(encryption).readTokens(text, "tv", "it").stored()).isEqualTo(Samples.wholeTokens());
        assertThat(json(encryption)).isSameAs(json(encryption));
        assertThat(encryption.isKnown()).isTrue();
        assertThat(answers).isEmpty();
        assertThat(KEY.toString()).doesNotContain(SECRET);
    }

    private static StoredJson json(Encryption encryption) {
        return encryption.json().await().atMost(Duration.ofSeconds(5));
    }
}
