package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.DisplayName;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.contract.AuthorizationStoreContract;

/** As long as nothing has to go, a store with limits is like one without. */
@DisplayName("The memory store keeps what every store promises, with limits")
class LimitedMemoryAuthorizationStoreTest extends AuthorizationStoreContract {

    private MemoryAuthorizationStore memory;

    @Override
    protected AuthorizationStore create(InstantSource clock) {
        memory = new MemoryAuthorizationStore(clock, OptionalInt.of(1000), Optional.of(Duration.ofMinutes(1)));
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
