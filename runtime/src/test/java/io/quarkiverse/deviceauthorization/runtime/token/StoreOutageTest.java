package io.quarkiverse.deviceauthorization.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("Where a shared store fails, processes")
class StoreOutageTest extends SharedTokens {

    @Test
    @DisplayName("Promise 4: send nothing when the refresh can't be noted, and use the old token as long as it is good")
    void cantBeNoted() {
        grant("a", Duration.ofMinutes(1));
        store.writeProblem = new AuthorizationStoreException("The disk is full", null);
        time.advance(45);
        assertThat(access(get(here))).isEqualTo("access-a");
        assertThat(access(get(there))).isEqualTo("access-a");
        time.advance(30);
        assertThat(get(here).getFailure()).isInstanceOf(AuthorizationStoreException.class).hasMessage("The disk is full");
        assertThat(server.refreshed).isEmpty();

        store.writeProblem = null;
        server.answer(server.granted("b"));
        assertThat(access(get(there))).as("nobody is left with the lease").isEqualTo("access-b");
    }

    @Test
    @DisplayName("use the token of a refresh that was cut off as long as it is good, when the next can't be noted")
    void cantBeNotedAgain() {
        grant("a", Duration.ofMinutes(1));
        put(stored().tokens(), Optional.of(time.instant()));
        store.writeProblem = new AuthorizationStoreException("The disk is full", null);

        assertThat(access(get(there))).isEqualTo("access-a");
        assertThat(server.refreshed).isEmpty();
    }

    @Test
    @DisplayName("Promise 4: send nothing when nobody can say whose turn it is, and use the old token as long as it is good")
    void noTurns() {
        grant("a", Duration.ofMinutes(1));
        store.leaseProblem = new IllegalStateException("Connection refused");
        time.advance(45);
        assertThat(access(get(here))).isEqualTo("access-a");
        time.advance(30);
        assertThat(get(here).getFailure()).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageStartingWith("The store failed with java.lang.IllegalStateException");
        assertThat(server.refreshed).isEmpty();
        assertThat(stored().tokens().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("use tokens in memory as long as they are good, when the store can't be read")
    void cantBeRead() {
        grant("a", Duration.ofMinutes(1));
        store.readProblem = new AuthorizationStoreException("The server is away", null);
        time.advance(45);
        assertThat(access(get(here))).isEqualTo("access-a");
        assertThat(refused(here, server.tokens("a", LEASE)).getFailure()).as("but not refused ones")
                .hasMessage("The server is away");
        time.advance(15);
        assertThat(get(here).getFailure()).hasMessage("The server is away");
        assertThat(server.refreshed).isEmpty();
    }

    @Test
    @DisplayName("Promise 4: see no tokens that can't be stored yet; nobody spends the old one meanwhile, and they are stored later")
    void storedLater() {
        grantExpired();
        UniAssertSubscriber<Tokens> first = refreshing(here);
        UniAssertSubscriber<Tokens> second = get(there);
        store.writeProblem = new AuthorizationStoreException("The disk is full", null);
        answer(server.granted("b"));

        assertThat(first.getFailure()).isInstanceOf(AuthorizationStoreException.class).hasMessage("The disk is full");
        assertThat(get(here).getFailure()).hasMessage("The disk is full");
        assertThat(here.ready()).isNull();
        time.advance(30);
        second.assertNotTerminated();
        assertThat(stored().refreshStarted()).as("the note").isPresent();

        store.writeProblem = null;
        time.advance(6);
        assertThat(stored().tokens().accessToken().value()).isEqualTo("access-b");
        assertThat(access(second)).isEqualTo("access-b");
        assertThat(access(get(here))).isEqualTo("access-b");
        assertThat(server.refreshed).as("refreshes").hasSize(1);
        assertThat(lease()).as("the lease").isPresent();
        assertThat(events).containsExactly(new Refreshed("tv", "alice"));
        assertThat(time.timers()).as("nothing is tried again").isZero();
    }

    @Test
    @DisplayName("Promise 4: store refreshed tokens soon after a moment of trouble, long before the lease runs out")
    void storedSoon() {
        grantExpired();
        UniAssertSubscriber<Tokens> first = refreshing(here);
        store.writeProblem = new AuthorizationStoreException("The server is away", null);
        answer(server.granted("b"));
        assertThat(first.getFailure()).hasMessage("The server is away");
        store.writeProblem = null;
        time.advance(Duration.ofMillis(200));

        assertThat(stored().tokens().accessToken().value()).isEqualTo("access-b");
        assertThat(time.timers()).as("nothing is tried again").isZero();
    }

    @Test
    @DisplayName("use the old token as long as it is good, when new ones can't be stored yet")
    void oldTokenUntilStored() {
        grant("a", Duration.ofMinutes(1));
        time.advance(45);
        UniAssertSubscriber<Tokens> first = refreshing(here);
        store.writeProblem = new AuthorizationStoreException("The disk is full", null);
        answer(server.granted("b"));

        assertThat(access(first)).isEqualTo("access-a");
        assertThat(access(get(here))).isEqualTo("access-a");
        assertThat(access(get(there))).isEqualTo("access-a");
        store.writeProblem = null;
        assertThat(access(get(here))).as("asked again before the timer").isEqualTo("access-b");
        assertThat(access(get(there))).isEqualTo("access-b");
        assertThat(server.refreshed).hasSize(1);
    }

    @Test
    @DisplayName("Promise 4: keep new tokens although somebody has noted a refresh with the old ones meanwhile")
    void noteOvertakesSave() {
        grantExpired();
        refreshing(here);
        store.writeProblem = new AuthorizationStoreException("The network is away", null);
        answer(server.granted("b"));
        time.advance(LEASE.minusSeconds(1));
        store.writeProblem = null;
        put(stored().tokens(), Optional.of(time.instant())); // as a process does that takes the lease when it has run out
        time.advance(5);

        assertThat(stored().tokens().accessToken().value()).isEqualTo("access-b");
        assertThat(server.revoked).isEmpty();
    }

    @Test
    @DisplayName("get refreshed tokens also when the lease can't be given back: it runs out")
    void cantBeReleased() {
        grantExpired();
        store.releaseProblem = new IllegalStateException("Connection reset");
        server.answer(server.granted("b"));
        assertThat(access(get(here))).isEqualTo("access-b");
        assertThat(access(get(there))).isEqualTo("access-b");
        assertThat(events).containsExactly(new Refreshed("tv", "alice"));
        assertThat(time.timers()).as("nothing is tried again").isZero();
    }

    @Test
    @DisplayName("store what could not be stored before also when the lease can't be given back")
    void cantBeReleasedLater() {
        grantExpired();
        UniAssertSubscriber<Tokens> first = refreshing(here);
        store.writeProblem = new AuthorizationStoreException("The disk is full", null);
        answer(server.granted("b"));
        assertThat(first.getFailure()).hasMessage("The disk is full");
        store.writeProblem = null;
        store.releaseProblem = new IllegalStateException("Connection reset");

        assertThat(access(get(here))).isEqualTo("access-b");
        time.advance(60);
        assertThat(time.timers()).as("nothing is tried again").isZero();
    }
}
