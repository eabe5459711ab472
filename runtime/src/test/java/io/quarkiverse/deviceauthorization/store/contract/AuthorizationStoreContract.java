package io.quarkiverse.deviceauthorization.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

/**
 * Tests whether a store keeps what {@link AuthorizationStore} promises. If you write a store of your own, extend this class:
 *
 * <pre>{@code
 * class MyStoreTest extends AuthorizationStoreContract {
 *
 *     private MyDatabase database;
 *
 *     protected AuthorizationStore create(InstantSource clock) {
 *         database = MyDatabase.empty();
 *         return new MyStore(database, clock);
 *     }
 *
 *     protected AuthorizationStore another(InstantSource clock) {
 *         return new MyStore(database, clock);
 *     }
 *
 *     protected Optional<AuthorizationStore> reopened(InstantSource clock) {
 *         return Optional.of(new MyStore(database, clock));
 *     }
 * }
 * }</pre>
 *
 * It needs JUnit Jupiter and AssertJ, and comes with
 *
 * <pre>{@code
 * <dependency>
 *     <groupId>io.quarkiverse.deviceauthorization</groupId>
 *     <artifactId>quarkus-device-authorization</artifactId>
 *     <version>${quarkus-device-authorization.version}</version>
 *     <type>test-jar</type>
 *     <scope>test</scope>
 * </dependency>
 * <dependency>
 *     <groupId>org.junit.jupiter</groupId>
 *     <artifactId>junit-jupiter</artifactId>
 *     <scope>test</scope>
 * </dependency>
 * <dependency>
 *     <groupId>org.assertj</groupId>
 *     <artifactId>assertj-core</artifactId>
 *     <scope>test</scope>
 * </dependency>
 * }</pre>
 *
 * What it can't test, since every store has its own way: that a process can be killed at any moment, that a full or broken
 * storage is told by an {@link io.quarkiverse.deviceauthorization.store.AuthorizationStoreException}, and that no thread is
 * blocked for long.
 */
public abstract class AuthorizationStoreContract extends LeaseContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    @DisplayName("Nothing happens before somebody wants the answer")
    void lazy() {
        Uni<Boolean> tokens = store.replaceTokens("tv", "family", 0, Optional.of(Samples.tokens("one", 1)));
        Uni<Boolean> flow = store.replaceFlow(0, Samples.flow("tv", "family", "id", clock.instant(), 1));
        Uni<Optional<RefreshLease>> lease = store.leaseRefresh("tv", "family", MINUTE);
        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findTokens("tv", "family"))).isEmpty();
            assertThat(done(reader.findFlow("tv", "id"))).isEmpty();
        }
        assertThat(lease(second, "family")).isPresent().get().satisfies(taken -> done(taken.release()));

        assertThat(done(tokens)).isTrue();
        assertThat(done(flow)).isTrue();
        assertThat(done(lease)).isPresent();
    }

    @Test
    @DisplayName("Whoever asks again for the same answer gets what is true by then")
    void repeated() {
        Uni<Optional<StoredTokens>> tokens = store.findTokens("tv", "family");
        Uni<Optional<StoredFlow>> flow = store.findFlow("tv", "id");
        Uni<List<StoredFlow>> flows = store.findFlows("tv", "family");
        Uni<Boolean> putTokens = store.replaceTokens("tv", "family", 0, Optional.of(Samples.tokens("one", 1)));
        Uni<Boolean> putFlow = store.replaceFlow(0, Samples.flow("tv", "family", "id", clock.instant(), 1));
        Uni<Optional<RefreshLease>> lease = store.leaseRefresh("tv", "family", MINUTE);
        assertThat(done(tokens)).isEmpty();
        assertThat(done(flow)).isEmpty();
        assertThat(done(flows)).isEmpty();
        assertThat(done(store.findOwners("tv"))).isEmpty();

        assertThat(done(putTokens)).isTrue();
        assertThat(done(putTokens)).as("the version is another one now").isFalse();
        assertThat(done(putFlow)).isTrue();
        assertThat(done(putFlow)).as("the version is another one now").isFalse();
        assertThat(done(tokens)).isPresent();
        assertThat(done(flow)).isPresent();
        assertThat(done(flows)).hasSize(1);
        RefreshLease first = done(lease).orElseThrow();
        assertThat(done(lease)).as("the lease is taken now").isEmpty();
        done(first.release());
        assertThat(done(lease)).as("the lease is free again").isPresent();
    }

    @Test
    @DisplayName("What is null is refused, and changes nothing")
    void nothingIsNull() {
        put("family", Samples.tokens("one", 1));
        List<Supplier<Uni<?>>> calls = List.of(
                () -> store.findFlow(null, "id"), () -> store.findFlow("tv", null),
                () -> store.findFlows(null, "family"), () -> store.findFlows("tv", null),
                () -> store.replaceFlow(0, null),
                () -> store.findAbandoned(null, clock.instant(), 1), () -> store.findAbandoned("tv", null, 1),
                () -> store.findTokens(null, "family"), () -> store.findTokens("tv", null),
                () -> store.replaceTokens(null, "family", 0, Optional.of(Samples.tokens("two", 1))),
                () -> store.replaceTokens("tv", null, 0, Optional.of(Samples.tokens("two", 1))),
                () -> store.replaceTokens("tv", "family", 1, null),
                () -> store.findOwners(null),
                () -> store.leaseRefresh(null, "family", MINUTE), () -> store.leaseRefresh("tv", null, MINUTE),
                () -> store.leaseRefresh("tv", "family", null));

        assertThat(calls).allSatisfy(call -> assertThatThrownBy(() -> done(call.get())).isInstanceOf(RuntimeException.class));
        assertThat(tokens("family")).contains(Samples.tokens("one", 1));
        assertThat(done(store.findOwners("tv"))).containsExactly("family");
        assertThat(lease(second, "family")).isPresent();
    }
}
