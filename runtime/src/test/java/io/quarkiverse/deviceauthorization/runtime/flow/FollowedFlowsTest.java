package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.runtime.NodeTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("A followed flow belongs to all processes that share a store which hands over")
class FollowedFlowsTest {

    private static final long TAKEN_OVER = 60;

    private final HandingOverStore store = new HandingOverStore();
    private final FlowFixture fixture = new FlowFixture(store, Duration.ofSeconds(30));
    private final Node here = new Node();
    private final Node there = new Node();

    /** One process. */
    private final class Node {

        private final NodeTime time = new NodeTime(fixture.time);
        private final Flows flows = fixture.engine(time);

        private Node() {
            flows.takeOver();
        }

        private void follow(PendingAuthorization flow) {
            flows.follow(flow).await().indefinitely();
        }

        private UniAssertSubscriber<Tokens> await(PendingAuthorization flow) {
            return flows.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
        }
    }

    @Test
    @DisplayName("Promise 2: when its process is killed, another one goes on with it")
    void killed() {
        PendingAuthorization flow = followed();
        fixture.time.advance(12);
        here.time.kill();
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(TAKEN_OVER);

        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
        assertThat(fixture.events(Approved.class)).hasSize(1);
        assertThat(here.flows.isActive(flow)).isTrue();
        assertIntervals(fixture.server.requests, 5);
    }

    @Test
    @DisplayName("Promise 2: a process that starts goes on with what others left when all of them were killed")
    void allKilled() {
        PendingAuthorization flow = followed();
        here.time.kill();
        there.time.kill();
        fixture.time.advance(120);
        fixture.server.answer(fixture.server.granted("a"));
        new Node();
        fixture.time.advance(6);

        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    @DisplayName("A process that stops lets go of it, and another one goes on within seconds")
    void stopped() {
        PendingAuthorization flow = followed();
        fixture.time.advance(11);
        here.flows.stop();
        assertThat(stored(flow).nextRequest()).as("when others can have it")
                .isEqualTo(fixture.time.instant().plusSeconds(4));
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(5 + 6 + 5);

        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
        assertIntervals(fixture.server.requests, 5);
    }

    @Test
    @DisplayName("A process that stops while the server is asked still hears the answer, and lets go then")
    void stoppedWhileAsking() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        PendingAuthorization flow = followed();
        fixture.server.answer(Uni.createFrom().emitter(late::add)).answer(fixture.server.granted("a"));
        fixture.time.advance(5);
        here.flows.stop();
        late.get(0).complete(error(Meaning.PENDING, "authorization_pending"));
        fixture.time.advance(5 + 6 + 5);

        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
        assertIntervals(fixture.server.requests, 5);
    }

    @Test
    @DisplayName("Promise 3: one process at a time asks, each server interval once, while all of them live")
    void onlyOneAsks() {
        PendingAuthorization flow = followed();
        there.follow(flow);
        fixture.time.advance(300);

        assertThat(fixture.server.requests).hasSizeBetween(50, 60);
        assertIntervals(fixture.server.requests, 5);
        assertThat(Stream.of(here, there).filter(node -> node.flows.isActive(flow))).as("who has it in memory").hasSize(1);
    }

    @Test
    @DisplayName("Promise 3: who begins to follow it too, or stops again, takes no turn of the one that has asked")
    void followedByAnother() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        PendingAuthorization flow = followed();
        fixture.server.answer(Uni.createFrom().emitter(late::add));
        fixture.time.advance(6);
        there.follow(flow);
        fixture.time.advance(7);
        Node third = new Node();
        third.follow(flow);
        third.flows.stop();
        fixture.time.advance(20);
        assertThat(fixture.server.requests).as("30 s may pass until the answer is there").containsExactly(5.0);

        late.get(0).complete(error(Meaning.PENDING, "authorization_pending"));
        fixture.time.advance(11);
        assertThat(fixture.server.requests).as("who has asked goes on").containsExactly(5.0, 38.0, 43.0);
    }

    @Test
    @DisplayName("Promise 2: what a store has lost is written anew by who asks for it, and asked for in time")
    void lostByTheStore() {
        PendingAuthorization flow = followed();
        fixture.time.advance(6);
        store.forget();
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(6);

        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
        assertThat(fixture.server.requests).containsExactly(5.0, 10.0);
    }

    @Test
    @DisplayName("Promise 3: a process that stood still lets go of what another took over meanwhile")
    void paused() {
        PendingAuthorization flow = followed();
        fixture.time.advance(7);
        here.time.pause();
        fixture.time.advance(TAKEN_OVER);
        assertThat(there.flows.isActive(flow)).isTrue();
        here.time.goOn();
        fixture.time.advance(30);

        assertThat(here.flows.isActive(flow)).isFalse();
        assertIntervals(fixture.server.requests, 5);
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(6);
        assertThat(fixture.events(Approved.class)).hasSize(1);
    }

    @Test
    @DisplayName("Whoever awaits it on another process hears of the outcome within an interval")
    void awaited() {
        PendingAuthorization flow = followed();
        UniAssertSubscriber<Tokens> waiting = there.await(flow);
        fixture.time.advance(11);
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(10);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(fixture.events(Approved.class)).hasSize(1);
        assertIntervals(fixture.server.requests, 5);
    }

    @Test
    @DisplayName("A process that awaits it goes on with it when the one that followed it is killed")
    void awaitedAndKilled() {
        PendingAuthorization flow = followed();
        UniAssertSubscriber<Tokens> waiting = there.await(flow);
        fixture.time.advance(11);
        here.time.kill();
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(TAKEN_OVER);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(fixture.events(Approved.class)).hasSize(1);
    }

    @Test
    @DisplayName("What another process cancels ends here too, and is told once")
    void cancelled() {
        PendingAuthorization flow = followed();
        fixture.time.advance(6);
        there.flows.cancel(flow).await().indefinitely();
        fixture.time.advance(60);

        assertThat(fixture.events(Cancelled.class)).hasSize(1);
        assertThat(here.flows.isActive(flow)).isFalse();
        assertThat(fixture.server.requests).hasSize(1);
        assertThat(here.flows.poll(flow).await().indefinitely()).isInstanceOf(PollResult.Refused.class);
    }

    @Test
    @DisplayName("Promise 2: what another process has approved is not cancelled by one that is about to hear of it")
    void approvedElsewhereAndCancelledHere() {
        PendingAuthorization flow = followed();
        fixture.time.advance(7);
        UniAssertSubscriber<Tokens> waiting = there.await(flow);
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(4);
        store.slow = true;
        fixture.time.advance(2);
        assertThat(store.slowly).as("the other one reads the tokens of the approved flow").isNotEmpty();
        there.flows.cancel(flow).subscribe().with(nothing -> {
        });
        store.slow = false;
        store.slowly.forEach(Runnable::run);

        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
        assertThat(fixture.events(Approved.class)).hasSize(1);
        assertThat(fixture.events(Cancelled.class)).isEmpty();
        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("One whose codes ended while nobody was there is told as expired")
    void expired() {
        PendingAuthorization flow = followed();
        here.time.kill();
        there.time.kill();
        fixture.time.advance(15 * 60 + 10);
        new Node();
        fixture.time.advance(10);

        assertThat(stored(flow).status()).isEqualTo(Status.EXPIRED);
        assertThat(fixture.events(Expired.class)).hasSize(1);
        assertThat(fixture.server.requests).isEmpty();
    }

    @Test
    @DisplayName("Promise 2: tokens that a killed process had been granted, and not stored for their owner, are not lost")
    void killedAfterTheGrant() {
        PendingAuthorization flow = followed();
        fixture.server.idTokenChecks.add(Uni.createFrom().nothing());
        fixture.server.answer(fixture.server.granted("a")).answer(error(Meaning.REFUSED, "invalid_grant"));
        fixture.time.advance(6);
        here.time.kill();
        fixture.time.advance(TAKEN_OVER);

        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
        assertThat(fixture.server.requests).as("the spent code is not sent again").hasSize(1);
    }

    @Test
    @DisplayName("While the server can't be asked, nobody takes over from who waits to ask it again")
    void serverDown() {
        PendingAuthorization flow = followed();
        for (int i = 0; i < 5; i++) {
            fixture.server.answer(unreachable());
        }
        fixture.time.advance(180);

        assertThat(there.flows.isActive(flow)).isFalse();
        assertIntervals(fixture.server.requests.subList(1, 5), 10);
        fixture.server.answer(fixture.server.granted("a"));
        fixture.time.advance(60);
        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    @DisplayName("Whoever gives up does so for all, and it can be followed again")
    void givesUp() {
        fixture.server.lifespan = Duration.ofHours(1);
        PendingAuthorization flow = followed();
        for (int i = 0; i < 20; i++) {
            fixture.server.answer(unreachable());
        }
        fixture.time.advance(30 * 60);

        assertThat(fixture.events(GaveUp.class)).hasSize(1);
        assertThat(stored(flow).followed()).isFalse();
        assertThat(fixture.server.requests).hasSize(20);
        fixture.server.answer(fixture.server.granted("a"));
        there.follow(flow);
        fixture.time.advance(6);
        assertThat(stored(flow).status()).isEqualTo(Status.APPROVED);
    }

    @Test
    @DisplayName("Promise 2: nothing is lost while the store is away, and its end is told once, by who stores it")
    void storeDown() {
        PendingAuthorization flow = followed();
        fixture.time.advance(12);
        store.down = true;
        fixture.time.advance(120);
        assertThat(fixture.server.requests).as("nobody asks without having noted it").hasSize(2);
        store.down = false;
        fixture.server.answer(error(Meaning.DENIED, "access_denied"));
        fixture.time.advance(70);

        assertThat(stored(flow).status()).isEqualTo(Status.DENIED);
        assertThat(fixture.events(Denied.class)).hasSize(1);
    }

    @Test
    @DisplayName("An end that can't be stored is stored, and told, when the store is back")
    void endWhileTheStoreIsDown() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        fixture.server.answer(Uni.createFrom().emitter(late::add));
        PendingAuthorization flow = followed();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        fixture.time.advance(5);
        store.readOnly = true;
        late.get(0).complete(error(Meaning.DENIED, "access_denied"));
        waiting.assertFailed();
        fixture.time.advance(7);
        assertThat(fixture.events(Denied.class)).isEmpty();
        store.readOnly = false;
        fixture.time.advance(5);

        assertThat(stored(flow).status()).isEqualTo(Status.DENIED);
        assertThat(fixture.events(Denied.class)).hasSize(1);
    }

    @Test
    @DisplayName("Who cancels hears that it can't be stored; it is, and is told, when the store is back")
    void cancelledWhileTheStoreIsDown() {
        PendingAuthorization flow = followed();
        fixture.time.advance(6);
        store.readOnly = true;
        UniAssertSubscriber<Void> cancelling = here.flows.cancel(flow).subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        assertThat(cancelling.getFailure()).isInstanceOf(AuthorizationStoreException.class)
                .hasMessage("The store is not there");
        assertThat(here.flows.poll(flow).await().indefinitely()).as("here").isInstanceOf(PollResult.Refused.class);
        store.readOnly = false;
        fixture.time.advance(6);
        assertThat(stored(flow).status()).isEqualTo(Status.CANCELLED);
        assertThat(fixture.events(Cancelled.class)).hasSize(1);
        assertThat(fixture.server.requests).hasSize(1);
    }

    @Test
    @DisplayName("Approved tokens that can't be kept while the store is away come home when it is back, before others ask")
    void grantWhileTheStoreIsDown() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        List<PendingAuthorization> flows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            fixture.server.answer(Uni.createFrom().emitter(late::add));
            flows.add(followed());
        }
        fixture.time.advance(5);
        store.down = true;
        late.forEach(answer -> answer.complete(fixture.server.granted("a")));
        fixture.time.advance(600);
        store.down = false;
        for (int i = 0; i < 40; i++) {
            fixture.server.answer(error(Meaning.REFUSED, "invalid_grant"));
        }
        fixture.time.advance(30);

        assertThat(flows).allMatch(flow -> stored(flow).status() == Status.APPROVED);
        assertThat(fixture.events(Approved.class)).hasSize(20);
        assertThat(fixture.server.requests).as("nobody was asked again").hasSize(20);
    }

    @Test
    @DisplayName("A write whose answer got lost counts as what it is: done")
    void lostAnswers() {
        PendingAuthorization flow = followed();
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        fixture.server.answer(Uni.createFrom().emitter(late::add));
        fixture.time.advance(5);
        store.answersGetLost = true;
        late.get(0).complete(error(Meaning.DENIED, "access_denied"));
        store.answersGetLost = false;
        fixture.time.advance(30);

        assertThat(stored(flow).status()).isEqualTo(Status.DENIED);
        assertThat(fixture.events(Denied.class)).as("told once, and by who wrote it").hasSize(1);
    }

    @Test
    @DisplayName("A claim whose answer got lost is used by who wrote it")
    void lostClaim() {
        PendingAuthorization flow = followed();
        fixture.time.advance(4);
        store.answersGetLost = true;
        fixture.time.advance(2);
        store.answersGetLost = false;
        fixture.time.advance(15);

        assertThat(here.flows.isActive(flow)).isTrue();
        assertThat(fixture.server.requests).isNotEmpty();
    }

    @Test
    @DisplayName("Hundreds that were left together are shared out, and asked for at different times")
    void herd() {
        Node third = new Node();
        fixture.server.interval = Duration.ofSeconds(10);
        List<PendingAuthorization> flows = Stream.generate(this::start).limit(300).toList();
        flows.forEach(here::follow);
        here.time.kill();
        fixture.time.advance(10);
        int before = store.writes;
        fixture.time.advance(90);
        assertThat(store.writes - before).as("each is claimed once, and once for each request")
                .isEqualTo(300 + fixture.server.requests.size());
        fixture.server.requests.clear();
        fixture.time.advance(10);

        assertThat(flows).allMatch(flow -> there.flows.isActive(flow) != third.flows.isActive(flow));
        assertThat(fixture.server.requests).as("each once in an interval").hasSize(300);
        double first = fixture.server.requests.get(0);
        assertThat(
                fixture.server.requests.stream().collect(Collectors.groupingBy(at -> (int) (at - first), Collectors.counting()))
                        .values())
                .as("requests in each second").allMatch(count -> count < 60);
    }

    @Test
    @DisplayName("A flow that nobody follows is left alone")
    void notFollowed() {
        PendingAuthorization flow = start();
        here.await(flow);
        fixture.time.advance(6);
        here.time.kill();
        fixture.time.advance(100);

        assertThat(fixture.server.requests).hasSize(1);
    }

    private PendingAuthorization start() {
        return here.flows.start(FlowFixture.OWNER, AuthorizationRequest.defaults())
                .await().indefinitely();
    }

    private PendingAuthorization followed() {
        PendingAuthorization flow = start();
        here.follow(flow);
        return flow;
    }

    private StoredFlow stored(PendingAuthorization flow) {
        return store.findFlow(FlowFixture.CLIENT, flow.id()).await().indefinitely().orElseThrow();
    }

    private static void assertIntervals(List<Double> requests, double least) {
        for (int index = 1; index < requests.size(); index++) {
            assertThat(requests.get(index) - requests.get(index - 1)).as("%s", requests)
                    .isGreaterThan(least - 1e-6); // what is left of nanoseconds in seconds
        }
    }
}
