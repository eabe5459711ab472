package io.quarkiverse.deviceauthorization.runtime.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The memory store keeps what every store promises, with limits, as long as nothing has to go")
class LimitedMemoryAuthorizationStoreTest extends MemoryAuthorizationStoreTest {

    @Override
    MemoryAuthorizationStore store(InstantSource clock) {
        return new MemoryAuthorizationStore(clock, OptionalInt.of(1000), Optional.of(Duration.ofMinutes(1)));
    }
}
