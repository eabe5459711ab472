package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("Processes that share a store")
class SharedFlowTest {

    private final HangingStore store = new HangingStore();
    private final FlowFixture here = new FlowFixture(store);
    private final Flows there = here.engine();

    @Test
    @DisplayName("Promise 3: together poll no faster than one alone, and both get the tokens")
    void twoWait() {
        here.server.answer(pending(), pending(), here.server.granted("a"));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> first = here.await(flow);
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        here.time.advance(25);

        assertThat(here.server.requests).containsExactly(5.0, 10.0, 15.0);
        assertThat(first.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(second.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(here.events(Approved.class)).as("told once").hasSize(1);
        assertThat(here.time.timers()).isZero();
    }

    @Test
    @DisplayName("Promise 3: one goes on where the other has stopped, not before it is sure that it has")
    void takesOver() {
        PendingAuthorization flow = here.start();
        here.await(flow);
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        here.time.advance(11);
        here.flows.stop();
        here.server.answer(here.server.granted("a"));
        here.time.advance(30);

        assertThat(second.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(here.server.requests).as("asked at 10 s, with 15 s to answer and to wait").hasSize(3)
                .startsWith(5.0, 10.0).last().satisfies(last -> assertThat(last).isBetween(25.0, 30.0));
    }

    @Test
    @DisplayName("Promise 3: a poll by the application counts for all")
    void pollsOnce() {
        PendingAuthorization flow = here.start();
        here.time.advance(5);
        here.poll(flow);
        PollResult other = there.poll(flow).await().indefinitely();
        here.time.advance(5);
        PollResult later = there.poll(flow).await().indefinitely();

        assertThat(here.server.requests).containsExactly(5.0);
        assertThat(other).isInstanceOfSatisfying(PollResult.Pending.class,
                waiting -> assertThat(waiting.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15)));
        assertThat(later).isInstanceOf(PollResult.Pending.class);
    }

    @Test
    @DisplayName("Promise 2: tokens that one could not store any more are stored by the next")
    void grantedAndKilled() {
        here.server.answer(here.server.granted("a"));
        PendingAuthorization flow = here.start();
        here.await(flow);
        store.tokensHang = true;
        here.time.advance(5);
        here.flows.stop();
        store.tokensHang = false;
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        here.time.advance(30);

        assertThat(second.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(here.server.requests).as("the code is spent, nobody asks again").hasSize(1);
    }

    @Test
    @DisplayName("Promise 2: tokens that one could not store any more are stored by another that has waited all along")
    void grantedAndKilledWhileAnotherWaits() {
        here.server.answer(here.server.granted("a"));
        PendingAuthorization flow = here.start();
        here.await(flow);
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        store.tokensHang = true;
        here.time.advance(5);
        here.flows.stop();
        store.tokensHang = false;
        here.time.advance(30);

        assertThat(second.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(here.server.requests).as("the code is spent, nobody asks again").hasSize(1);
    }

    @Test
    @DisplayName("Promise 2: a code that is refused since another process has spent it fails nothing")
    void spentElsewhere() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        here.server.answer(Uni.createFrom().emitter(late::add)).answer(Uni.createFrom().emitter(late::add));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> first = here.await(flow);
        here.time.advance(5);
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        here.time.advance(20);
        store.tokensHang = true;
        late.get(0).complete(here.server.granted("a"));
        late.get(1).complete(error(Meaning.REFUSED, "invalid_grant"));
        store.release();
        here.time.advance(30);

        assertThat(first.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(second.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(here.server.requests).hasSize(2);
        assertThat(here.events(TransientFailure.class)).isEmpty();
    }

    @Test
    @DisplayName("Promise 2: who cancels while approved tokens are being stored is too late")
    void cancelledWhileStored() {
        here.server.answer(here.server.granted("a"));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        store.tokensHang = true;
        here.time.advance(5);
        here.flows.cancel(flow).await().indefinitely();
        store.release();

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(here.server.revoked).isEmpty();
        assertThat(here.events(Cancelled.class)).isEmpty();
    }

    @Test
    @DisplayName("that hear the same refusal in the same moment tell it once, by who was first to store it")
    void refusedTwiceAtOnce() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        here.server.answer(Uni.createFrom().emitter(late::add)).answer(Uni.createFrom().emitter(late::add));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> first = here.await(flow);
        here.time.advance(5);
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        here.time.advance(20);
        store.beforeEnd = () -> late.get(0).complete(error(Meaning.DENIED, "access_denied"));
        late.get(1).complete(error(Meaning.DENIED, "access_denied"));

        assertThat(first.getFailure()).isInstanceOf(AccessDeniedException.class);
        assertThat(second.getFailure()).isInstanceOf(AccessDeniedException.class);
        assertThat(here.events(Denied.class)).hasSize(1);
    }

    @Test
    @DisplayName("take tokens back that one stores in the moment in which another cancels their flow")
    void cancelledBetweenTokensAndEnd() {
        here.server.answer(here.server.granted("a"));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        store.beforeEnd = () -> there.cancel(flow).await().indefinitely();
        here.time.advance(5);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(here.server.revoked).extracting(tokens -> tokens.accessToken().value()).containsOnly("access-a");
        assertThat(stored()).isEmpty();
        assertThat(here.events(Approved.class)).isEmpty();
        assertThat(here.events(Cancelled.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    @DisplayName("wait, when they stop, for no request that has failed, or whose flow was cancelled")
    void stopsWithNothingUnderWay(boolean failed) throws InterruptedException {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        here.server.answer(Uni.createFrom().emitter(late::add));
        PendingAuthorization flow = here.start();
        here.await(flow);
        here.time.advance(5);
        assertThat(here.flows.underWay().awaitEnd(Duration.ZERO)).as("asking").isFalse();
        if (failed) {
            late.get(0).fail(new IllegalStateException("No answer"));
        } else {
            here.flows.cancel(flow).await().indefinitely();
        }

        assertThat(here.flows.underWay().awaitEnd(Duration.ZERO)).isTrue();
    }

    @Test
    void whatOneCancelsIsCancelledForAll() {
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        here.time.advance(7);
        there.cancel(flow).await().indefinitely();
        here.time.advance(5);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(here.events(Cancelled.class)).hasSize(1);
        assertThat(here.server.requests).containsExactly(5.0);
        assertThat(here.time.timers()).isZero();
    }

    @Test
    void tokensThatArriveAfterAnotherProcessHasCancelledAreRevoked() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        here.server.answer(Uni.createFrom().emitter(late::add));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        here.time.advance(6);
        there.cancel(flow).await().indefinitely();
        late.get(0).complete(here.server.granted("a"));

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(here.server.revoked).extracting(tokens -> tokens.accessToken().value()).containsExactly("access-a");
        assertThat(stored()).isEmpty();
        assertThat(here.events(Approved.class)).isEmpty();
    }

    @Test
    void aSlowDownIsKeptByAll() {
        here.server.answer(slowDown());
        PendingAuthorization flow = here.start();
        here.await(flow);
        here.time.advance(6);
        here.flows.stop();
        awaitThere(flow);
        here.time.advance(40);

        List<Double> requests = here.server.requests;
        assertThat(requests).hasSizeGreaterThan(2);
        for (int index = 1; index < requests.size(); index++) {
            assertThat(requests.get(index) - requests.get(index - 1)).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void aDenialIsToldToAllAndItsEventOnce() {
        here.server.answer(error(Meaning.DENIED, "access_denied"));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> first = here.await(flow);
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        here.time.advance(20);

        assertThat(first.getFailure()).isInstanceOf(AccessDeniedException.class);
        assertThat(second.getFailure()).isInstanceOf(AccessDeniedException.class);
        assertThat(here.events(Denied.class)).hasSize(1);
    }

    @Test
    void codesEndForAllAndTheEventIsToldOnce() {
        here.server.lifespan = Duration.ofSeconds(30);
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> first = here.await(flow);
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        here.time.advance(90);

        assertThat(first.getFailure()).isInstanceOf(DeviceCodeExpiredException.class);
        assertThat(second.getFailure()).isInstanceOf(DeviceCodeExpiredException.class);
        assertThat(here.events(Expired.class)).hasSize(1);
        assertThat(here.time.timers()).isZero();
    }

    @Test
    @DisplayName("Promise 2: the last request of one counts, although the codes have ended for the other")
    void lastRequestUnderWay() {
        here.server.lifespan = Duration.ofSeconds(30);
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> first = here.await(flow);
        UniAssertSubscriber<Tokens> second = awaitThere(flow);
        here.time.advance(28);
        here.server.answer(Uni.createFrom().emitter(late::add));
        here.time.advance(Duration.ofMillis(4_500));
        late.get(0).complete(here.server.granted("a"));
        here.time.advance(30);

        assertThat(first.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(second.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("Promise 2: a store that can't be written keeps the server from being asked, and loses nothing")
    void storeDown() {
        here.server.answer(here.server.granted("a"));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        store.flowsFail = true;
        here.time.advance(60);
        assertThat(here.server.requests).isEmpty();
        assertThat(here.poll(flow)).isInstanceOfSatisfying(PollResult.Pending.class, soFar -> assertThat(
                soFar.failure().orElseThrow()).hasMessageContaining("The store failed with java.lang.IllegalStateException"));
        store.flowsFail = false;
        here.time.advance(120);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    void aFlowThatTheStoreHasLostGoesOn() {
        here.server.answer(pending(), here.server.granted("a"));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        here.time.advance(6);
        store.forget();
        here.time.advance(30);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("Promise 2: find a sign-in that a killed process has begun, as long as there is time for it")
    void unfinished() {
        here.server.lifespan = Duration.ofMinutes(2);
        PendingAuthorization flow = here.start();
        here.flows.start(FlowFixture.OWNER, AuthorizationRequest.builder().scopes("other").build()).await().indefinitely();
        here.flows.start("neighbours", AuthorizationRequest.defaults()).await().indefinitely();

        assertThat(unfinishedThere()).contains(flow);
        here.time.advance(61);
        assertThat(unfinishedThere()).isEmpty();
    }

    @Test
    @DisplayName("Promise 2: an application that stops waits for what is under way, until it is stored")
    void stopsWithAnAnswerUnderWay() throws InterruptedException {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        here.server.answer(Uni.createFrom().emitter(late::add));
        here.await(here.start());
        assertThat(here.flows.underWay().awaitEnd(Duration.ZERO)).as("before").isTrue();
        here.time.advance(5);
        here.flows.stop();
        assertThat(here.flows.underWay().awaitEnd(Duration.ZERO)).as("asking").isFalse();
        store.tokensHang = true;
        late.get(0).complete(here.server.granted("a"));
        assertThat(here.flows.underWay().awaitEnd(Duration.ZERO)).as("storing").isFalse();
        store.release();

        assertThat(here.flows.underWay().awaitEnd(Duration.ZERO)).as("stored").isTrue();
        assertThat(stored()).isPresent();
    }

    @Test
    void aSignInOfAnotherClientOrServerIsNotGoneOnWith() {
        PendingAuthorization flow = here.start();
        assertThat(unfinishedThere()).contains(flow);
        here.server.registration = Optional.of("client-1 at https://new.example.com");

        assertThat(unfinishedThere()).isEmpty();
    }

    @Test
    void aSignInThatHasEndedIsNotBegunAgain() {
        here.server.answer(error(Meaning.DENIED, "access_denied"));
        here.await(here.start());
        here.time.advance(5);

        assertThat(unfinishedThere()).isEmpty();
    }

    private Optional<PendingAuthorization> unfinishedThere() {
        return there.unfinished(FlowFixture.OWNER).await().indefinitely();
    }

    private UniAssertSubscriber<Tokens> awaitThere(PendingAuthorization flow) {
        return there.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Optional<StoredTokens> stored() {
        return store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely();
    }

    /** Shared, and able to hang, to fail and to forget. */
    private static final class HangingStore extends ForwardingStore {

        private final List<Runnable> held = new ArrayList<>();
        private boolean tokensHang;
        private boolean flowsFail;
        private Runnable beforeEnd;

        @Override
        public Uni<Boolean> replaceTokens(String client, String owner, long version, Optional<StoredTokens> replacement) {
            return !tokensHang ? super.replaceTokens(client, owner, version, replacement)
                    : Uni.createFrom()
                            .emitter(emitter -> held.add(() -> super.replaceTokens(client, owner, version, replacement)
                                    .subscribe().with(emitter::complete)));
        }

        private void release() {
            tokensHang = false;
            held.forEach(Runnable::run);
        }

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            if (beforeEnd != null && flow.status() != StoredFlow.Status.PENDING) {
                Runnable other = beforeEnd;
                beforeEnd = null;
                other.run();
            }
            return flowsFail ? Uni.createFrom().failure(new IllegalStateException("The disk is full"))
                    : super.replaceFlow(version, flow);
        }
    }
}
