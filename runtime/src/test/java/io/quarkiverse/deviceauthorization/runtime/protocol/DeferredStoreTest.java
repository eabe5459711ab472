package io.quarkiverse.deviceauthorization.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

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

    @Test
    void thatGivesALeaseWhenNobodyWaitsForItAnyMoreGetsItBack() {
        OddStore late = new OddStore();
        AuthorizationStore impatient = new DeferredStore(late, Duration.ofMillis(20));
        assertThatThrownBy(() -> lease(impatient).await().indefinitely()).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageStartingWith("The store has not answered");
        late.lease();
        assertThat(late.released).as("timed out").isEqualTo(1);

        AuthorizationStore patient = new DeferredStore(late);
        lease(patient).subscribe().with(lease -> {
        }).cancel();
        late.lease();
        assertThat(late.released).as("cancelled").isEqualTo(2);

        UniAssertSubscriber<Optional<RefreshLease>> waiting = lease(patient).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        late.lease();
        assertThat(waiting.getItem()).isPresent();
        assertThat(late.released).as("somebody has it").isEqualTo(2);
    }

    private static Uni<Optional<RefreshLease>> lease(AuthorizationStore store) {
        return store.leaseRefresh("tv", "alice", Duration.ofMinutes(1));
    }

    private static final class OddStore extends ForwardingStore {

        private UniEmitter<? super Optional<RefreshLease>> wanted;
        private int released;

        /** Gives the lease that somebody has asked for, whether or not it is waited for. */
        private void lease() {
            wanted.complete(Optional.of(() -> {
                released++;
                return Uni.createFrom().voidItem();
            }));
        }

        @Override
        public Uni<Optional<RefreshLease>> leaseRefresh(String client, String owner, Duration atMost) {
            return Uni.createFrom().emitter(emitter -> wanted = emitter);
        }

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
