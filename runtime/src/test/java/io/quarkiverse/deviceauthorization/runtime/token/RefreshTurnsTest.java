package io.quarkiverse.deviceauthorization.runtime.token;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("Processes that share a store")
class RefreshTurnsTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();
    private final ScriptedServer server = new ScriptedServer(time);
    private final SharedStore store = new SharedStore(time);
    private final List<DeviceAuthorizationEvent> events = new ArrayList<>();
    private final TokenVault vaultHere = vault();
    private final TokenVault vaultThere = vault();
    private final OwnerTokens here = vaultHere.of("alice");
    private final OwnerTokens there = vaultThere.of("alice");
    private final List<UniEmitter<? super TokenAnswer>> requests = new ArrayList<>();

    private TokenVault vault() {
        return new TokenVault("tv", server, store, new RefreshPolicy(Duration.ofSeconds(30), LEASE), time, time, events::add);
    }

    @Test
    @DisplayName("Promise 4: share one refresh: the second waits, and gets what it brought the first")
    void oneRefresh() {
        grantExpired();
        UniAssertSubscriber<Tokens> first = refreshing(here);
        UniAssertSubscriber<Tokens> second = get(there);
        UniAssertSubscriber<Tokens> third = get(vault().of("alice"));
        time.advance(20);
        first.assertNotTerminated();
        second.assertNotTerminated();
        answer(server.granted("b"));
        assertThat(access(first)).isEqualTo("access-b");
        time.advance(1);

        assertThat(access(second)).isEqualTo("access-b");
        assertThat(access(third)).isEqualTo("access-b");
        assertThat(server.refreshed).as("refreshes").containsExactly(Secret.of("refresh-a"));
        assertThat(there.ready()).as("in memory there").isNotNull();
        assertThat(events).containsExactly(new Refreshed("tv", "alice"));
    }

    @Test
    @DisplayName("use the old token as long as it is good, while another refreshes")
    void oldTokenMeanwhile() {
        grant("a", Duration.ofMinutes(1));
        time.advance(45);
        UniAssertSubscriber<Tokens> first = refreshing(here);

        assertThat(access(get(there))).isEqualTo("access-a");
        answer(server.granted("b"));
        assertThat(access(get(there))).isEqualTo("access-b");
        assertThat(access(first)).isEqualTo("access-b");
        assertThat(server.refreshed).hasSize(1);
    }

    @Test
    @DisplayName("know of a refresh as long as it is under way, and of none after it")
    void note() {
        grantExpired();
        refreshing(here);
        assertThat(stored().refreshStarted()).as("the note").contains(time.instant());
        assertThat(stored().tokens().accessToken().value()).as("what it is about").isEqualTo("access-a");

        answer(server.granted("b"));
        assertThat(stored().refreshStarted()).as("the note").isEmpty();
        assertThat(stored().tokens().accessToken().value()).isEqualTo("access-b");
    }

    @Test
    @DisplayName("Promise 4: refresh at once after one that was cut off, although the access token lives: a server may forgive it")
    void cutOff() {
        grant("a", Duration.ofMinutes(10));
        time.advance(Duration.ofMinutes(9).plusSeconds(40));
        refreshing(here); // and is killed, and never hears the answer
        assertThat(access(get(there))).as("as long as its lease lasts").isEqualTo("access-a");

        put(server.tokens("a", Duration.ofMinutes(10)), Optional.of(time.instant()));
        time.advance(LEASE);
        server.answer(server.granted("b"));
        assertThat(access(get(there))).isEqualTo("access-b");
        assertThat(server.refreshed).containsExactly(Secret.of("refresh-a"), Secret.of("refresh-a"));
        assertThat(stored().refreshStarted()).isEmpty();
    }

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
    @DisplayName("Promise 4: send nothing when nobody can say whose turn it is, and use the old token as long as it is good")
    void noTurns() {
        grant("a", Duration.ofMinutes(1));
        store.leaseProblem = new IllegalStateException("Connection refused");
        time.advance(45);
        assertThat(access(get(here))).isEqualTo("access-a");
        time.advance(30);
        assertThat(get(here).getFailure()).isInstanceOf(AuthorizationStoreException.class)
                .hasMessageContaining("Connection refused");
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
        assertThat(events).containsExactly(new Refreshed("tv", "alice"));
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
    @DisplayName("Promise 4: use what another has stored when the old token is refused as spent")
    void spentByAnother() {
        grantExpired();
        UniAssertSubscriber<Tokens> first = refreshing(here);
        put(server.tokens("b", Duration.ofHours(1)), Optional.empty());
        answer(error(Meaning.REFUSED, "invalid_grant"));

        assertThat(access(first)).isEqualTo("access-b");
        assertThat(stored().tokens().accessToken().value()).isEqualTo("access-b");
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("Promise 4: forget nothing that another has begun to refresh, when the old token is refused as spent")
    void beingSpentByAnother() {
        grantExpired();
        UniAssertSubscriber<Tokens> late = refreshing(here);
        time.advance(LEASE);
        UniAssertSubscriber<Tokens> next = refreshing(there);
        answer(error(Meaning.REFUSED, "invalid_grant"));
        late.assertNotTerminated();
        requests.get(1).complete(server.granted("b"));
        time.advance(1);

        assertThat(access(next)).isEqualTo("access-b");
        assertThat(access(late)).isEqualTo("access-b");
        assertThat(server.revoked).isEmpty();
    }

    @Test
    @DisplayName("forget tokens that the server no longer accepts, for all, and say so")
    void rejected() {
        grantExpired();
        UniAssertSubscriber<Tokens> first = refreshing(here);
        UniAssertSubscriber<Tokens> second = get(there);
        answer(error(Meaning.REFUSED, "invalid_grant"));
        time.advance(1);

        assertThat(first.getFailure()).isInstanceOf(AuthorizationRequiredException.class)
                .hasMessageContaining("no longer accepts the refresh token");
        assertThat(second.getFailure()).isInstanceOf(AuthorizationRequiredException.class)
                .hasMessageStartingWith("Nobody is signed in");
        assertThat(find()).isEmpty();
        assertThat(server.refreshed).hasSize(1);
    }

    @Test
    @DisplayName("may try when another's request failed, since nobody knows whether the server got it")
    void otherFailed() {
        grantExpired();
        UniAssertSubscriber<Tokens> first = refreshing(here);
        answer(unreachable());
        assertThat(first.getFailure()).isInstanceOf(AuthorizationServerException.class);
        assertThat(stored().refreshStarted()).as("the note").isPresent();

        server.answer(server.granted("b"));
        assertThat(access(get(there))).isEqualTo("access-b");
        assertThat(stored().refreshStarted()).as("the note").isEmpty();
    }

    @Test
    @DisplayName("take back the note when the server has refused, and spent nothing")
    void refusedByServer() {
        grant("a", Duration.ofMinutes(1));
        time.advance(45);
        UniAssertSubscriber<Tokens> first = refreshing(here);
        answer(error(Meaning.REFUSED, "invalid_client"));

        assertThat(access(first)).as("still good").isEqualTo("access-a");
        assertThat(stored().refreshStarted()).as("the note").isEmpty();
        time.advance(20);
        server.answer(error(Meaning.REFUSED, "invalid_client"));
        assertThat(get(there).getFailure()).isInstanceOf(DeviceAuthorizationException.class)
                .hasMessageContaining("The tokens are kept");
    }

    @Test
    @DisplayName("Promise 4: revoke what a refresh brings after somebody has signed out elsewhere")
    void signedOutElsewhere() {
        grantExpired();
        UniAssertSubscriber<Tokens> first = refreshing(here);
        there.signOut().await().indefinitely();
        answer(server.granted("b"));

        assertThat(first.getFailure()).isInstanceOf(AuthorizationRequiredException.class)
                .hasMessageStartingWith("Nobody is signed in");
        assertThat(server.revoked).extracting(tokens -> tokens.accessToken().value()).containsExactly("access-a", "access-b");
        assertThat(find()).isEmpty();
        assertThat(here.ready()).isNull();
    }

    @Test
    @DisplayName("stop waiting when somebody has signed out, and use a new sign-in at once")
    void signedInElsewhere() {
        grantExpired();
        refreshing(here);
        UniAssertSubscriber<Tokens> waiting = get(there);
        vault().of("alice").granted(server.tokens("new", Duration.ofHours(1))).await().indefinitely();
        time.advance(1);
        assertThat(access(waiting)).isEqualTo("access-new");

        answer(server.granted("late"));
        assertThat(stored().tokens().accessToken().value()).isEqualTo("access-new");
        assertThat(access(get(here))).isEqualTo("access-new");
    }

    @Test
    @DisplayName("refresh a token that a resource refused once for all callers")
    void refusedOnce() {
        Tokens refused = grant("a", Duration.ofMinutes(10));
        server.answer(Uni.createFrom().emitter(requests::add));
        List<UniAssertSubscriber<Tokens>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(refused(i % 2 == 0 ? here : there, refused));
        }
        time.advance(1);
        answer(server.granted("b"));
        time.advance(1);
        callers.add(refused(here, refused));
        callers.add(refused(there, refused));

        assertThat(callers).allSatisfy(caller -> assertThat(access(caller)).isEqualTo("access-b"));
        assertThat(server.refreshed).hasSize(1);
    }

    @Test
    @DisplayName("refresh nothing when the store has newer tokens than those that a resource refused")
    void refusedButNewer() {
        Tokens refused = grant("a", Duration.ofMinutes(10));
        put(server.tokens("b", Duration.ofHours(1)), Optional.empty());

        assertThat(access(refused(here, refused))).isEqualTo("access-b");
        assertThat(here.ready().accessToken().value()).isEqualTo("access-b");
        assertThat(server.refreshed).isEmpty();
    }

    @Test
    @DisplayName("are told when another one hangs; the tokens stay")
    void hanging() {
        grantExpired();
        store.hanging = true;
        UniAssertSubscriber<Tokens> waiting = get(here);
        time.advance(LEASE.multipliedBy(2));
        waiting.assertNotTerminated();
        time.advance(1);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationStoreException.class).hasMessage("The tokens of client 'tv'"
                + " have been refreshed by another process for 120 seconds. If it hangs, end it");
        assertThat(stored().tokens().accessToken().value()).isEqualTo("access-a");
        assertThat(time.timers()).as("nobody waits any more").isZero();
        assertThat(server.refreshed).isEmpty();
        store.hanging = false;
        server.answer(server.granted("b"));
        assertThat(access(get(here))).isEqualTo("access-b");
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

    private Tokens grant(String name, Duration lifetime) {
        Tokens granted = server.tokens(name, lifetime);
        here.granted(granted).await().indefinitely();
        return granted;
    }

    private void grantExpired() {
        grant("a", Duration.ofMinutes(1));
        time.advance(120);
    }

    private void put(Tokens tokens, Optional<Instant> refreshStarted) {
        long version = stored().version();
        assertThat(store.replaceTokens("tv", "alice", version,
                Optional.of(new StoredTokens(tokens, version + 1, refreshStarted))).await().indefinitely()).isTrue();
    }

    private UniAssertSubscriber<Tokens> get(OwnerTokens tokens) {
        return tokens.get().subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<Tokens> refused(OwnerTokens tokens, Tokens refused) {
        return tokens.otherThan(refused).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** @return a caller whose refresh is on its way to the server, which answers when the test says so */
    private UniAssertSubscriber<Tokens> refreshing(OwnerTokens tokens) {
        int before = requests.size();
        server.answer(Uni.createFrom().emitter(requests::add));
        UniAssertSubscriber<Tokens> caller = get(tokens);
        assertThat(requests).as("requests under way").hasSize(before + 1);
        caller.assertNotTerminated();
        return caller;
    }

    private void answer(TokenAnswer answer) {
        requests.get(0).complete(answer);
    }

    private static String access(UniAssertSubscriber<Tokens> caller) {
        return caller.assertCompleted().getItem().accessToken().value();
    }

    private Optional<StoredTokens> find() {
        store.readProblem = null;
        return store.findTokens("tv", "alice").await().indefinitely();
    }

    private StoredTokens stored() {
        return find().orElseThrow();
    }
}
