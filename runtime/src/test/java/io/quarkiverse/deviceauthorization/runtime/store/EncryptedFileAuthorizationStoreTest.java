package io.quarkiverse.deviceauthorization.runtime.store;

import java.util.Optional;

import org.junit.jupiter.api.DisplayName;

import io.smallrye.mutiny.Uni;

@DisplayName("The file store keeps what every store promises, with encryption")
class EncryptedFileAuthorizationStoreTest extends FileAuthorizationStoreTest {

    @Override
    Optional<Encryption> encryption() {
        return Optional.of(Encryption.withKeyFrom(() -> Uni.createFrom().item("0123456789abcdef0123456789abcdef")));
    }
}
