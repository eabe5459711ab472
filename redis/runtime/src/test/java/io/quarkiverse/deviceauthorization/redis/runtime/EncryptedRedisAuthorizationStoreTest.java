package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.Optional;

import org.junit.jupiter.api.DisplayName;

import io.quarkiverse.deviceauthorization.runtime.store.Encryption;

@DisplayName("A store in Redis that encrypts")
class EncryptedRedisAuthorizationStoreTest extends RedisAuthorizationStoreTest {

    @Override
    Optional<Encryption> encryption() {
        return Optional.of(Encryption.withKey("a secret of at least 32 characters"));
    }
}
