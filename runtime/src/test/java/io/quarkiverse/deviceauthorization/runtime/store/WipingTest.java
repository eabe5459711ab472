package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

@DisplayName("What a secret went through is overwritten:")
class WipingTest extends FilesFixture {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** Keeps the arrays that go to a file or come from it, and what was in them. */
    private static final class SeenDisk extends Disk {

        private final List<byte[]> arrays = new ArrayList<>();
        private final List<String> contents = new ArrayList<>();
        private boolean full;

        @Override
        byte[] read(Path file) throws IOException {
            byte[] bytes = super.read(file);
            see(bytes);
            return bytes;
        }

        @Override
        void write(FileChannel file, ByteBuffer bytes) throws IOException {
            see(bytes.array());
            if (full) {
                throw new IOException("No space left on device");
            }
            super.write(file, bytes);
        }

        private void see(byte[] bytes) {
            arrays.add(bytes);
            contents.add(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private final SeenDisk disk = new SeenDisk();

    @BeforeEach
    void look() {
        store = new StoreFiles(directory, time, disk);
    }

    @Test
    @DisplayName("the bytes of a file, when it is written and when it is read")
    void files() {
        put(PLAIN, "alice", Samples.tokens("a", 1));
        assertThat(find("alice")).contains(Samples.tokens("a", 1));

        assertThat(disk.contents).as("written, and read").hasSizeGreaterThanOrEqualTo(2)
                .allMatch(content -> content.contains(Samples.tokens("a", 1).tokens().accessToken().value()));
        assertThat(disk.arrays).allSatisfy(WipingTest::assertZero);
    }

    @Test
    @DisplayName("the bytes of a file that can't be written")
    void fullDisk() {
        disk.full = true;
        assertThatThrownBy(() -> put(PLAIN, "alice", Samples.tokens("a", 1))).isInstanceOf(AuthorizationStoreException.class);

        assertThat(disk.arrays).isNotEmpty().allSatisfy(WipingTest::assertZero);
    }

    @Test
    @DisplayName("the bytes of what was decrypted, as of all that becomes text")
    void text() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        assertThat(Wiping.text(bytes)).isEqualTo(SECRET);
        assertZero(bytes);
    }

    @Test
    @DisplayName("the key of encryption, and the secret that it is made of")
    void key() throws Exception {
        byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
        EncryptionKey key = EncryptionKey.of(secret);
        assertZero(secret);
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        EncryptionKey other = new EncryptionKey(bytes);
        assertZero(bytes);

        assertThat(key.decrypt(EncryptionKey.of(SECRET).encrypt("text"), "tv", "alice.json")).isEqualTo("text");
        assertThat(other.decrypt(other.encrypt("text"), "tv", "alice.json")).isEqualTo("text");
    }

    private static void assertZero(byte[] bytes) {
        assertThat(bytes).isNotEmpty().containsOnly(0);
    }
}
