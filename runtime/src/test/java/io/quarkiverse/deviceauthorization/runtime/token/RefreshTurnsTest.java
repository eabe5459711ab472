package io.quarkiverse.deviceauthorization.runtime.token;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

@DisplayName("Processes that share tokens")
class RefreshTurnsTest extends SharedTokens {

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
        assertThat(lease()).as("the lease").isPresent();
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
    @DisplayName("Promise 4: take the lease anew when it would end during the request, since they stood still before that")
    void stoodStill() {
        grantExpired();
        store.beforeWrite = () -> time.advance(LEASE.minusSeconds(10));
        UniAssertSubscriber<Tokens> first = refreshing(here);
        UniAssertSubscriber<Tokens> second = get(there);
        time.advance(15);
        answer(server.granted("b"));
        time.advance(1);

        assertThat(access(first)).isEqualTo("access-b");
        assertThat(access(second)).isEqualTo("access-b");
        assertThat(server.refreshed).as("refreshes").containsExactly(Secret.of("refresh-a"));
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
        UniAssertSubscriber<Tokens> waiting = get(vault().of("alice"));
        there.signOut().await().indefinitely();
        time.advance(1);
        assertThat(waiting.getFailure()).as("nothing to wait for").isInstanceOf(AuthorizationRequiredException.class);
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
        vault().of("alice").granted(server.tokens("new", Duration.ofHours(1)), "newer flow").await().indefinitely();
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
    @DisplayName("don't hand out a refused token again to who has joined a refresh that failed")
    void refusedAndJoined() {
        Tokens refused = grant("a", Duration.ofMinutes(1));
        time.advance(45);
        UniAssertSubscriber<Tokens> first = refreshing(here);
        UniAssertSubscriber<Tokens> joined = refused(here, refused);
        answer(unreachable());

        assertThat(access(first)).isEqualTo("access-a");
        assertThat(joined.getFailure()).isInstanceOf(AuthorizationServerException.class);
        assertThat(server.refreshed).hasSize(1);
    }

    @Test
    @DisplayName("withhold no good token from who has joined a refresh of one that a resource refused")
    void goodEnoughAndJoined() {
        Tokens good = grant("a", Duration.ofMinutes(10));
        server.answer(Uni.createFrom().emitter(requests::add));
        UniAssertSubscriber<Tokens> first = refused(here, good);
        UniAssertSubscriber<Tokens> joined = get(here);
        joined.assertNotTerminated();
        answer(unreachable());

        assertThat(first.getFailure()).isInstanceOf(AuthorizationServerException.class);
        assertThat(access(joined)).isEqualTo("access-a");
        assertThat(server.refreshed).hasSize(1);
    }

    @Test
    @DisplayName("hand nothing out to who has joined a refresh that the server has rejected")
    void rejectedAndJoined() {
        Tokens refused = grant("a", Duration.ofMinutes(10));
        server.answer(Uni.createFrom().emitter(requests::add));
        refused(here, refused);
        UniAssertSubscriber<Tokens> joined = get(here);
        answer(error(Meaning.REFUSED, "invalid_grant"));

        assertThat(joined.getFailure()).isInstanceOf(AuthorizationRequiredException.class);
        assertThat(here.ready()).isNull();
    }

    @Test
    @DisplayName("use an access token that another has only had prolonged, and don't refresh it again")
    void prolongedByAnother() {
        grant("a", Duration.ofMinutes(1));
        assertThat(access(get(there))).isEqualTo("access-a");
        time.advance(120);
        server.answer(server.granted("a"), server.granted("b"));

        assertThat(access(get(here))).isEqualTo("access-a");
        assertThat(access(get(there))).isEqualTo("access-a");
        assertThat(server.refreshed).hasSize(1);
    }

    @Test
    @DisplayName("look again when another was faster: before the lease was taken, or before the refresh was noted")
    void overtaken() {
        grantExpired();
        store.beforeLease = () -> put(server.tokens("b", Duration.ofMinutes(1)), Optional.empty());
        assertThat(access(get(here))).isEqualTo("access-b");
        time.advance(120);
        store.beforeWrite = () -> put(server.tokens("c", Duration.ofMinutes(1)), Optional.empty());
        assertThat(access(get(here))).isEqualTo("access-c");

        assertThat(server.refreshed).isEmpty();
        assertThat(lease()).as("the lease").isPresent();
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
    @DisplayName("send no request when they have stopped meanwhile: nobody might hear the answer")
    void stoppedBeforeTheRequest() {
        grantExpired();
        store.beforeWrite = vaultHere::stop;
        assertThat(get(here).getFailure()).isInstanceOf(AuthorizationInterruptedException.class);
        assertThat(server.refreshed).isEmpty();

        server.answer(server.granted("b"));
        assertThat(access(get(there))).as("the next process").isEqualTo("access-b");
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
}
