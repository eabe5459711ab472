package io.quarkiverse.deviceauthorization.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeferredStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

@DisplayName("The meters of a client's store")
class StoreMetersTest {

    private final MeteredClient client = new MeteredClient();

    private AuthorizationStore metered(AuthorizationStore store) {
        return client.telemetry.store(MeteredClient.NAME, store);
    }

    @Test
    @DisplayName("count what a sign-in reads and writes, also where the store is in memory")
    void signIn() {
        client.server.answer(client.server.granted("a"));
        client.follow();
        client.time.advance(5);

        assertThat(client.storeOperations()).isEqualTo(Map.of("replace_flow success", 2L, "find_tokens success", 1L,
                "replace_tokens success", 1L));
    }

    @Test
    @DisplayName("count each operation by its own name")
    void eachOperation() {
        AuthorizationStore store = metered(new ForwardingStore());
        PendingAuthorization pending = client.start();
        StoredFlow flow = client.store.findFlow(MeteredClient.NAME, pending.id()).await().indefinitely().orElseThrow();
        Map<String, Long> before = client.storeOperations();
        assertThat(before).isEqualTo(Map.of("replace_flow success", 1L));

        store.findFlow("tv", "1").await().indefinitely();
        store.findFlows("tv", "alice").await().indefinitely();
        store.findAbandoned("tv", Instant.EPOCH, 1).await().indefinitely();
        assertThat(store.replaceFlow(0, flow).await().indefinitely()).isTrue();
        store.findTokens("tv", "alice").await().indefinitely();
        assertThat(store.replaceTokens("tv", "alice", 0, tokens()).await().indefinitely()).isTrue();
        assertThat(store.findOwners("tv").await().indefinitely()).containsExactly("alice");
        RefreshLease lease = store.leaseRefresh("tv", "alice", Duration.ofMinutes(1)).await().indefinitely().orElseThrow();
        lease.release().await().indefinitely();

        assertThat(client.storeOperations()).isEqualTo(Map.of("find_flow success", 1L, "find_flows success", 1L,
                "find_abandoned success", 1L, "replace_flow success", 2L, "find_tokens success", 1L, "replace_tokens success",
                1L, "find_owners success", 1L, "lease_refresh success", 1L, "release_refresh success", 1L));
    }

    @Test
    @DisplayName("tell when somebody else was first")
    void conflict() {
        AuthorizationStore store = metered(new ForwardingStore());
        store.replaceTokens("tv", "alice", 0, tokens()).await().indefinitely();
        assertThat(store.replaceTokens("tv", "alice", 0, tokens()).await().indefinitely()).isFalse();
        store.leaseRefresh("tv", "alice", Duration.ofMinutes(1)).await().indefinitely();
        assertThat(store.leaseRefresh("tv", "alice", Duration.ofMinutes(1)).await().indefinitely()).isEmpty();

        assertThat(client.storeOperations()).isEqualTo(Map.of("replace_tokens success", 1L, "replace_tokens conflict", 1L,
                "lease_refresh success", 1L, "lease_refresh conflict", 1L));
    }

    @Test
    @DisplayName("tell how long each operation took, and pass on its failure")
    void timesAndFailures() {
        AuthorizationStore store = metered(new ForwardingStore() {
            @Override
            public Uni<Optional<StoredTokens>> findTokens(String name, String owner) {
                return super.findTokens(name, owner).onItem().invoke(found -> client.time.advance(3));
            }

            @Override
            public Uni<Set<String>> findOwners(String name) {
                client.time.advance(2);
                return Uni.createFrom().failure(new AuthorizationStoreException("away", null));
            }
        });
        Uni<Set<String>> owners = store.findOwners("tv");
        assertThat(client.time.seconds()).as("before somebody wants to know").isZero();
        store.findTokens("tv", "alice").await().indefinitely();
        assertThatThrownBy(() -> owners.await().indefinitely()).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage("away");

        assertThat(client.storeOperations()).isEqualTo(Map.of("find_tokens success", 1L, "find_owners failure", 1L));
        assertThat(total("find_tokens", "success")).isEqualTo(3);
        assertThat(total("find_owners", "failure")).isEqualTo(2);
    }

    @Test
    @DisplayName("count an answer that does not come as a failure")
    void silent() {
        AuthorizationStore store = metered(new DeferredStore(new ForwardingStore() {
            @Override
            public Uni<Optional<StoredTokens>> findTokens(String name, String owner) {
                return Uni.createFrom().nothing();
            }
        }, Duration.ofMillis(20)));
        assertThatThrownBy(() -> store.findTokens("tv", "alice").await().indefinitely())
                .hasMessageStartingWith("The store has not answered");

        assertThat(client.storeOperations()).isEqualTo(Map.of("find_tokens failure", 1L));
    }

    @Test
    @DisplayName("fail no operation when they fail themselves")
    void broken() {
        Timer broken = (Timer) Proxy.newProxyInstance(Timer.class.getClassLoader(), new Class<?>[] { Timer.class },
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("No meter");
                });
        AuthorizationStore store = new MeteredStore(new ForwardingStore(),
                new StoreMeters(Clock.SYSTEM, (operation, outcome) -> broken));

        assertThat(store.replaceTokens("tv", "alice", 0, tokens()).await().indefinitely()).isTrue();
        assertThat(store.findTokens("tv", "alice").await().indefinitely()).isPresent();
    }

    @Test
    @DisplayName("change nothing of what a store says of itself")
    void properties() {
        for (boolean yes : List.of(true, false)) {
            AuthorizationStore store = metered(new ForwardingStore() {
                @Override
                public boolean shared() {
                    return yes;
                }

                @Override
                public boolean handsOver() {
                    return yes;
                }
            });
            assertThat(store.shared()).isEqualTo(yes);
            assertThat(store.handsOver()).isEqualTo(yes);
        }
    }

    private double total(String operation, String outcome) {
        return client.registry.get("device.authorization.store.operations").tags("operation", operation, "outcome", outcome)
                .timer().totalTime(TimeUnit.SECONDS);
    }

    private Optional<StoredTokens> tokens() {
        return Optional.of(new StoredTokens(client.server.tokens("a", Duration.ofHours(1)), 1, Optional.empty(),
                Optional.empty()));
    }
}
