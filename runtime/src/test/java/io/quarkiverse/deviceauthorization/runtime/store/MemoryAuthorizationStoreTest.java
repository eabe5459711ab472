package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.InstantSource;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.contract.AuthorizationStoreContract;

@DisplayName("The memory store keeps what every store promises")
class MemoryAuthorizationStoreTest extends AuthorizationStoreContract {

    private MemoryAuthorizationStore memory;

    MemoryAuthorizationStore store(InstantSource clock) {
        return new MemoryAuthorizationStore(clock);
    }

    @Override
    protected AuthorizationStore create(InstantSource clock) {
        memory = store(clock);
        return memory;
    }

    @Override
    protected AuthorizationStore another(InstantSource clock) {
        return memory;
    }

    @Override
    protected Optional<AuthorizationStore> reopened(InstantSource clock) {
        return Optional.empty();
    }
}
