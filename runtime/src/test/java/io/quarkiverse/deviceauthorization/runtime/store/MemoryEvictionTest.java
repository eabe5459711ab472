package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;

@DisplayName("A store in memory")
class MemoryEvictionTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final LoggedWarnings logged = new LoggedWarnings(MemoryAuthorizationStore.class.getName());
    private final List<String> warnings = logged.messages;
    private MemoryAuthorizationStore store;

    @AfterEach
    void stopListening() {
        logged.close();
    }

    @Test
    @DisplayName("without limits keeps everybody, as long as nobody signs out")
    void noLimits() {
        store = new MemoryAuthorizationStore(time);
        for (int i = 0; i < 10_000; i++) {
            put("owner-" + i, i % 2 == 0 ? lasting() : bare(HOUR));
        }
        time.advance(Duration.ofDays(400));

        assertThat(owners()).hasSize(10_000);
    }

    @Test
    @DisplayName("forgets the least recently used when there is one too many: who was neither read nor replaced for longest")
    void leastRecentlyUsed() {
        store = limitedTo(3);
        put("read", lasting());
        put("replaced", lasting());
        put("forgotten", lasting());
        time.advance(1);
        find("read");
        replace("replaced", 1, lasting());
        put("new", lasting());

        assertThat(owners()).containsExactlyInAnyOrder("read", "replaced", "new");
        assertThat(find("forgotten")).isEmpty();
        put("newer", lasting());
        assertThat(owners()).containsExactlyInAnyOrder("replaced", "new", "newer");
    }

    @Test
    @DisplayName("counts each client that an owner signed in to")
    void clients() {
        store = limitedTo(2);
        put("family", lasting());
        await(store.replaceTokens("radio", "family", 0, Optional.of(new StoredTokens(lasting(), 1))));
        await(store.replaceTokens("car", "family", 0, Optional.of(new StoredTokens(lasting(), 1))));

        assertThat(owners()).isEmpty();
        assertThat(await(store.findOwners("radio"))).containsExactly("family");
        assertThat(await(store.findOwners("car"))).containsExactly("family");
    }

    @Test
    @DisplayName("forgets nobody when tokens are replaced or can't be")
    void replacing() {
        store = limitedTo(2);
        put("one", lasting());
        put("two", lasting());
        replace("one", 1, lasting());
        replace("two", 1, lasting());
        await(store.replaceTokens("tv", "three", 7, Optional.of(new StoredTokens(lasting(), 8))));

        assertThat(owners()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    @DisplayName("forgets first what is of no use to anybody: an expired access token without refresh token")
    void useless() {
        store = limitedTo(3);
        put("expired, but refreshable", with(Optional.of(Secret.of("refresh")), HOUR.dividedBy(2)));
        put("living", bare(HOUR.multipliedBy(2)));
        put("expired", bare(HOUR));
        time.advance(HOUR);
        put("new", lasting());

        assertThat(owners()).containsExactlyInAnyOrder("expired, but refreshable", "living", "new");
        assertThat(warnings).as("nobody has to sign in who hadn't before").isEmpty();
        put("newer", lasting());
        assertThat(owners()).containsExactlyInAnyOrder("living", "new", "newer");
        assertThat(warnings).hasSize(1);
    }

    @Test
    @DisplayName("doesn't take tokens for useless that have taken the place of useless ones")
    void usefulAgain() {
        store = limitedTo(3);
        put("other", lasting());
        put("refreshed", bare(HOUR));
        replace("refreshed", 1, lasting());
        put("longer", bare(HOUR));
        replace("longer", 1, bare(HOUR.multipliedBy(2)));
        time.advance(HOUR);
        put("new", lasting());

        assertThat(owners()).containsExactlyInAnyOrder("refreshed", "longer", "new");
    }

    @Test
    @DisplayName("never forgets what was written last, not even if it is useless")
    void lastWritten() {
        store = limitedTo(1);
        put("one", lasting());
        put("two", bare(Duration.ZERO));
        assertThat(owners()).containsExactly("two");
        put("three", bare(Duration.ZERO));
        assertThat(owners()).containsExactly("three");
        put("four", lasting());
        assertThat(owners()).containsExactly("four");
    }

    @Test
    @DisplayName("never forgets tokens that are being refreshed, and rather keeps too many for a while")
    void leased() {
        store = limitedTo(2);
        put("one", lasting());
        put("two", bare(Duration.ZERO));
        RefreshLease lease = lease("one");
        lease("two");
        put("three", lasting());
        assertThat(owners()).containsExactlyInAnyOrder("one", "two", "three");
        put("four", lasting());
        assertThat(owners()).containsExactlyInAnyOrder("one", "two", "four");

        await(lease.release());
        time.advance(Duration.ofMinutes(1));
        put("five", lasting());
        assertThat(owners()).as("one lease was released, the other is over").containsExactlyInAnyOrder("four", "five");
    }

    @Test
    @DisplayName("takes a new sign-in of somebody who was forgotten, and nothing that comes too late")
    void afterwards() {
        store = limitedTo(1);
        put("one", lasting());
        put("two", lasting());

        assertThat(replace("one", 1, lasting())).isFalse();
        put("one", lasting());
        assertThat(owners()).containsExactly("one");
    }

    @Test
    @DisplayName("forgets who was idle for too long: tokens that were neither read nor replaced")
    void idle() {
        store = new MemoryAuthorizationStore(time, OptionalInt.empty(), Optional.of(HOUR));
        put("idle", lasting());
        put("useless", bare(Duration.ZERO));
        put("read", lasting());
        put("replaced", lasting());
        put("being refreshed", lasting());
        time.advance(HOUR.minusMillis(1));
        assertThat(owners()).as("listing is no use").hasSize(5);
        find("read");
        replace("replaced", 1, lasting());
        lease("being refreshed");
        time.advance(Duration.ofMillis(1));

        assertThat(find("idle")).isEmpty();
        assertThat(owners()).containsExactlyInAnyOrder("read", "replaced", "being refreshed");
        time.advance(HOUR);
        assertThat(replace("read", 1, lasting())).as("replaced after an hour").isFalse();
        assertThat(owners()).isEmpty();
        assertThat(warnings).as("that is what was asked for").isEmpty();
    }

    @Test
    @DisplayName("says that it forgets, the first time and then once a minute, how many, and nobody's name")
    void warns() {
        store = limitedTo(1);
        put("alice", lasting());
        put("bob", lasting());
        assertThat(warnings).containsExactly("1 owner was forgotten to make room; they have to sign in again."
                + " Raise tokens.memory.max-owners or use another store");
        for (int i = 0; i < 59; i++) {
            time.advance(1);
            put("visitor-" + i, lasting());
        }
        assertThat(warnings).hasSize(1);
        time.advance(1);
        put("carol", lasting());
        put("dave", lasting());

        assertThat(warnings).hasSize(2).last()
                .isEqualTo("60 owners were forgotten to make room; they have to sign in again."
                        + " Raise tokens.memory.max-owners or use another store");
    }

    @Test
    @DisplayName("doesn't remember leases whose holders never came back")
    void vanishedHolders() {
        MemoryLeases leases = new MemoryLeases(time);
        for (int i = 0; i < 1000; i++) {
            take(leases, "owner-" + i);
            time.advance(1);
        }
        assertThat(leases.size()).as("leases of the last minute").isEqualTo(60);
        await(take(leases, "another").release());
        time.advance(60);
        await(take(leases, "another").release());
        assertThat(leases.size()).isZero();
    }

    @Test
    @Timeout(60)
    @DisplayName("keeps as many as it may with many writers, and doesn't look at all of them for each write")
    void manyWriters() throws Exception {
        store = limitedTo(50_000);
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int writer = i;
                all.add(writers.submit(() -> {
                    for (int number = 0; number < 40_000; number++) {
                        put(writer + "-" + number, number % 2 == 0 ? lasting() : bare(HOUR));
                    }
                }));
            }
            for (Future<?> writer : all) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            writers.shutdownNow();
        }

        assertThat(owners()).hasSize(50_000);
        time.advance(60);
        put("one more", lasting());
        assertThat(warnings).hasSize(2).last().as("all but the one that was told at once").asString()
                .startsWith(8 * 40_000 - 50_000 + " owners were forgotten");
    }

    @Test
    @DisplayName("refuses limits that leave nothing")
    void impossibleLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> limitedTo(0)).withMessage(
                "A store for 0 owners can't keep anything: tokens.memory.max-owners is at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryAuthorizationStore(time, OptionalInt.empty(), Optional.of(Duration.ZERO)))
                .withMessage("Tokens would be forgotten at once: tokens.memory.idle-timeout is more than 0 seconds");
    }

    private MemoryAuthorizationStore limitedTo(int owners) {
        return new MemoryAuthorizationStore(time, OptionalInt.of(owners), Optional.empty());
    }

    private void put(String owner, Tokens tokens) {
        assertThat(replace(owner, 0, tokens)).as("the first tokens of an owner").isTrue();
    }

    private boolean replace(String owner, long version, Tokens tokens) {
        return await(store.replaceTokens("tv", owner, version, Optional.of(new StoredTokens(tokens, version + 1))));
    }

    private Optional<StoredTokens> find(String owner) {
        return await(store.findTokens("tv", owner));
    }

    private Set<String> owners() {
        return await(store.findOwners("tv"));
    }

    private RefreshLease lease(String owner) {
        return await(store.leaseRefresh("tv", owner, Duration.ofMinutes(1))).orElseThrow();
    }

    private static RefreshLease take(MemoryLeases leases, String owner) {
        return leases.take(new MemoryTokens.Key("tv", owner), Duration.ofMinutes(1)).orElseThrow();
    }

    private Tokens lasting() {
        return with(Optional.of(Secret.of("refresh")), Duration.ofDays(1));
    }

    private Tokens bare(Duration life) {
        return with(Optional.empty(), life);
    }

    private Tokens with(Optional<Secret> refreshToken, Duration life) {
        return new Tokens(Secret.of("access"), "Bearer", refreshToken, Optional.empty(), Optional.of(time.instant().plus(life)),
                Set.of(), Map.of());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().indefinitely();
    }
}
