package io.quarkiverse.deviceauthorization.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.smallrye.mutiny.Uni;

/** What the engine relies on where it takes turns in refreshing. */
abstract class LeaseContract extends TokensContract {

    private static final Duration SHORT = Duration.ofSeconds(1);

    /** Longer than a test stands still on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    @DisplayName("One of many has the lease, and the others don't wait for it")
    void oneHolder() throws Exception {
        List<Optional<RefreshLease>> leases = together(THREADS, i -> () -> lease(i % 2 == 0 ? store : second, "family"));

        assertThat(leases.stream().flatMap(Optional::stream)).as("who has the lease").hasSize(1);
        assertThat(lease(store, "family")).as("somebody later").isEmpty();
        assertThat(lease(second, "family")).as("another process").isEmpty();
    }

    @Test
    @DisplayName("A lease that was released can be taken, also by another process")
    void released() {
        for (AuthorizationStore next : List.of(store, second, store, second)) {
            done(lease(next, "family").orElseThrow().release());
        }
        assertThat(lease(store, "family")).isPresent();
    }

    @Test
    @DisplayName("No two ever hold the lease at the same time, and everybody gets it in the end")
    void turns() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        List<Integer> most = together(6, i -> () -> {
            int seen = 0;
            for (int turns = 0; turns < 10;) {
                Optional<RefreshLease> mine = lease(i % 2 == 0 ? store : second, "family");
                if (mine.isPresent()) {
                    seen = Math.max(seen, holders.incrementAndGet());
                    Thread.yield();
                    holders.decrementAndGet();
                    done(mine.get().release());
                    turns++;
                }
            }
            return seen;
        });

        assertThat(most).as("holders at the same time").containsOnly(1);
    }

    @Test
    @DisplayName("Releasing twice doesn't free somebody else's lease")
    void releasedTwice() {
        RefreshLease first = lease(store, "family").orElseThrow();
        done(first.release());
        RefreshLease next = lease(second, "family").orElseThrow();
        done(first.release());
        done(first.release());

        assertThat(lease(store, "family")).as("the lease that the next one has").isEmpty();
        done(next.release());
        assertThat(lease(store, "family")).as("the lease that the next one has released").isPresent();
    }

    @Test
    @DisplayName("Nobody can take a lease before its time is over")
    void holds() {
        done(store.leaseRefresh("tv", "family", LONG)).orElseThrow();
        letTimePass(SHORT);

        assertThat(lease(second, "family")).isEmpty();
        assertThat(lease(store, "family")).isEmpty();
    }

    @Test
    @DisplayName("A lease whose holder hangs or has vanished can be taken after its time, and a late release doesn't free it")
    void runsOut() {
        RefreshLease late = done(second.leaseRefresh("tv", "family", SHORT)).orElseThrow();
        letTimePass(SHORT);
        if (!leasesRunOut()) {
            done(late.release());
            assertThat(lease(store, "family")).as("released late").isPresent();
            return;
        }
        RefreshLease next = lease(store, "family").orElseThrow();
        done(late.release());

        assertThat(lease(second, "family")).as("the lease that the next one has").isEmpty();
        done(next.release());
        assertThat(lease(second, "family")).as("the lease that the next one has released").isPresent();
    }

    @Test
    @DisplayName("A lease is for one owner of one client")
    void leasesOfOthers() {
        for (String name : Samples.names()) {
            assertThat(lease(store, name)).as("the lease for owner '%s'", name).isPresent();
            assertThat(done(store.leaseRefresh(name, "family", Duration.ofMinutes(1)))).as("the lease for client '%s'", name)
                    .isPresent();
        }
        for (List<String> pair : Samples.confusable()) {
            assertThat(done(second.leaseRefresh("#" + pair.get(0), pair.get(1), Duration.ofMinutes(1))))
                    .as("the lease for %s", pair).isPresent();
        }
        assertThat(Samples.names()).allSatisfy(name -> assertThat(lease(second, name)).isEmpty());
    }

    @Test
    @DisplayName("While one refreshes, all others can read and replace, and none waits")
    void nobodyWaits() {
        put("family", Samples.tokens("one", 1));
        put(Samples.flow("tv", "family", "id", clock.instant(), 1));
        RefreshLease held = lease(store, "family").orElseThrow();

        assertTimeoutPreemptively(PATIENCE, () -> {
            for (AuthorizationStore other : everybody()) {
                assertThat(done(other.findTokens("tv", "family"))).isPresent();
                assertThat(done(other.findOwners("tv"))).containsExactly("family");
                assertThat(done(other.findFlow("tv", "id"))).isPresent();
                assertThat(done(other.findFlows("tv", "family"))).hasSize(1);
                assertThat(done(other.replaceFlow(9, Samples.flow("tv", "family", "id", clock.instant(), 2)))).isFalse();
                assertThat(lease(other, "family")).isEmpty();
                assertThat(lease(other, "neighbour")).isPresent().get().satisfies(lease -> done(lease.release()));
            }
            assertThat(done(second.replaceTokens("tv", "family", 1, Optional.of(Samples.tokens("two", 2))))).isTrue();
            assertThat(replace("family", 2, Samples.tokens("three", 3))).isTrue();
        });
        assertThat(lease(second, "family")).as("the lease after the replacement").isEmpty();
        done(held.release());
    }

    @Test
    @DisplayName("A lease is no owner and no tokens, and needs none")
    void leaseWithoutTokens() {
        RefreshLease held = lease(store, "family").orElseThrow();
        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findTokens("tv", "family"))).isEmpty();
            assertThat(done(reader.findOwners("tv"))).isEmpty();
        }
        done(held.release());
        put("family", Samples.tokens("one", 1));
    }

    @Test
    @DisplayName("A lease is released when somebody wants to know that it is")
    void releaseIsLazy() {
        Uni<Void> release = lease(store, "family").orElseThrow().release();
        assertThat(lease(second, "family")).as("nobody has subscribed to the release").isEmpty();
        done(release);
        assertThat(lease(second, "family")).isPresent();
    }
}
