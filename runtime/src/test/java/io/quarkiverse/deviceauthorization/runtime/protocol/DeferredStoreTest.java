package io.quarkiverse.deviceauthorization.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

@DisplayName("A store of somebody else")
class DeferredStoreTest {

    private final AuthorizationStore store = new DeferredStore(new OddStore());

    @Test
    void thatNeverAnswersIsNotWaitedForForEver() {
        AuthorizationStore impatient = new DeferredStore(new OddStore(), Duration.ofMillis(20));
        assertThatThrownBy(() -> impatient.findTokens("tv", "alice").await().indefinitely())
                .isInstanceOf(AuthorizationStoreException.class)
                .hasMessage("The store has not answered for 0 seconds. Check what it depends on, such as a disk or a server");
    }

    @Test
    void thatThrowsFailsOnlyWhenSomebodyWantsItsAnswer() {
        Uni<Set<String>> owners = store.findOwners("tv");

        assertThatThrownBy(() -> owners.await().indefinitely()).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage("The store failed with java.lang.IllegalStateException, which is not quoted here, since it may hold"
                        + " secrets. What it has to say, a store says by an AuthorizationStoreException")
                .hasRootCauseMessage("No row (device_code=GmRh)");
    }

    @Test
    void thatAnswersWithNullFails() {
        assertThatThrownBy(() -> store.findFlow("tv", "id").await().indefinitely())
                .isInstanceOf(AuthorizationStoreException.class).hasMessage("The store answered with null, which no store may."
                        + " It is a bean of this application: mend it");
    }

    private static final class OddStore extends ForwardingStore {

        @Override
        public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
            return Uni.createFrom().nothing();
        }

        @Override
        public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
            return Uni.createFrom().nullItem();
        }

        @Override
        public Uni<Set<String>> findOwners(String client) {
            throw new IllegalStateException("No row (device_code=GmRh)");
        }
    }
}
