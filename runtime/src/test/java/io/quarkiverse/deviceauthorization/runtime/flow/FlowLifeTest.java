package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Waiting, following, resuming, cancelling and stopping. */
class FlowLifeTest {

    private final FlowFixture engine = new FlowFixture();

    @Test
    void whoeverAwaitsAFlowSharesItsRequests() {
        engine.server.answer(pending(), engine.server.granted("a"));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> first = engine.await(flow);
        UniAssertSubscriber<Tokens> second = engine.await(flow);
        engine.time.advance(10);

        assertThat(engine.server.requests).containsExactly(5.0, 10.0);
        assertThat(second.getItem()).isSameAs(first.getItem());
        assertThat(engine.await(flow).getItem()).as("who comes later").isEqualTo(first.getItem());
        assertThat(engine.events(Approved.class)).hasSize(1);
    }

    @Test
    void whoStopsWaitingStopsThePollingAndKeepsTheFlow() {
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(5);
        waiting.cancel();
        engine.time.advance(60);

        assertThat(engine.server.requests).containsExactly(5.0);
        assertThat(engine.time.timers()).isZero();

        engine.server.answer(engine.server.granted("a"));
        UniAssertSubscriber<Tokens> again = engine.await(flow);
        engine.time.advance(0);
        assertThat(again.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("Promise 2: tokens that arrive after everybody stopped waiting are stored")
    void anAnswerUnderWayIsNotLost() {
        engine.server.answer(later(Duration.ofSeconds(2), engine.server.granted("a")));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(6);
        waiting.cancel();
        engine.time.advance(2);

        assertThat(stored(engine.store)).isPresent();
        assertThat(engine.poll(flow)).isInstanceOf(PollResult.Granted.class);
        assertThat(engine.server.requests).hasSize(1);
    }

    @Test
    void aFollowedFlowIsPolledForNobodyInParticular() {
        engine.server.answer(pending(), engine.server.granted("a"));
        PendingAuthorization flow = engine.start();
        engine.flows.follow(flow).await().indefinitely();
        engine.time.advance(60);

        assertThat(engine.server.requests).containsExactly(5.0, 10.0);
        assertThat(engine.events(Started.class)).extracting(Started::id).containsExactly(flow.id());
        assertThat(engine.events(Approved.class)).extracting(Approved::id).containsExactly(flow.id());
        assertThat(stored(engine.store)).isPresent();
    }

    @Test
    @DisplayName("R11: no event, exception or toString holds the device code or a token")
    void nothingShowsASecret() {
        engine.server.answer(engine.server.granted("a"));
        PendingAuthorization flow = engine.start();
        Tokens tokens = await(flow);

        assertThat(engine.events.toString() + flow + tokens + engine.poll(flow)
                + StoredFlow.started(flow, AuthorizationRequest.defaults(), FlowBinding.none(), Instant.EPOCH)
                + new StoredTokens(tokens, 1)).doesNotContain("device-code-1", "access-a", "refresh-a");
    }

    @Test
    void cancellingEndsTheFlowForEverybodyEvenWithARequestUnderWay() {
        AtomicBoolean aborted = new AtomicBoolean();
        engine.server.answer(Uni.createFrom().<TokenAnswer> emitter(never -> {
        }).onCancellation().invoke(() -> aborted.set(true)));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(7);
        engine.flows.cancel(flow).await().indefinitely();

        assertThat(aborted).isTrue();
        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class)
                .hasMessageContaining("was cancelled");
        assertThat(engine.events(Cancelled.class)).hasSize(1);
        assertThat(engine.time.timers()).isZero();
        assertThat(engine.await(flow).getFailure()).as("awaited again").isInstanceOf(AuthorizationCancelledException.class);
        assertThat(engine.poll(flow)).isInstanceOf(PollResult.Refused.class);
        engine.flows.cancel(flow).await().indefinitely();
        assertThat(engine.events(Cancelled.class)).as("once").hasSize(1);
    }

    @Test
    void cancellingAnApprovedFlowDoesNothing() {
        engine.server.answer(engine.server.granted("a"));
        PendingAuthorization flow = engine.start();
        await(flow);
        engine.flows.cancel(flow).await().indefinitely();

        assertThat(engine.poll(flow)).isInstanceOf(PollResult.Granted.class);
        assertThat(engine.events(Cancelled.class)).isEmpty();
    }

    @Test
    void aFlowIsResumedByWhoeverSharesTheStoreWithItsIntervalKept() {
        engine.server.answer(slowDown());
        PendingAuthorization flow = engine.start();
        engine.await(flow).cancel();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(5);
        waiting.cancel();
        engine.flows.stop();

        engine.flows = engine.engine();
        PendingAuthorization found = engine.flows.resume(FlowFixture.OWNER, flow.id()).await().indefinitely().orElseThrow();
        assertThat(found).isEqualTo(flow);
        engine.server.answer(engine.server.granted("a"));
        UniAssertSubscriber<Tokens> resumed = engine.await(found);
        engine.time.advance(10);

        assertThat(engine.server.requests).as("slowed down to 10 s, also after the restart").containsExactly(5.0, 15.0);
        assertThat(resumed.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    void nobodyResumesAnUnknownFlowOrSomebodyElses() {
        PendingAuthorization flow = engine.start();

        assertThat(engine.flows.resume(FlowFixture.OWNER, "unknown").await().indefinitely()).isEmpty();
        assertThat(engine.flows.resume("neighbours", flow.id()).await().indefinitely()).isEmpty();
    }

    @Test
    @DisplayName("Promise 9: stopping cancels every timer and leaves the flow to be resumed")
    void stoppingLeavesTheFlowInTheStore() {
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.flows.stop();

        assertThat(engine.time.timers()).isZero();
        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationInterruptedException.class)
                .hasMessageContaining("shutting down");
        assertThat(engine.await(flow).getFailure()).as("no new timers").isInstanceOf(AuthorizationInterruptedException.class);
        assertThat(engine.time.timers()).isZero();
        assertThat(engine.flows.resume(FlowFixture.OWNER, flow.id()).await().indefinitely()).contains(flow);
        assertThat(engine.events(Cancelled.class)).isEmpty();
    }

    @Test
    @DisplayName("Promise 2: tokens that can't be stored yet are kept, and stored later without asking the server again")
    void aFailingStoreLosesNothing() {
        AtomicInteger failures = new AtomicInteger(3);
        FlowFixture fragile = new FlowFixture(new FragileStore(failures));
        fragile.server.answer(fragile.server.granted("a"));
        PendingAuthorization flow = fragile.start();
        UniAssertSubscriber<Tokens> waiting = fragile.await(flow);
        fragile.time.advance(5);
        waiting.assertNotTerminated();
        assertThat(fragile.events(TransientFailure.class)).extracting(TransientFailure::message)
                .singleElement().asString().contains("The store failed with java.lang.IllegalStateException");

        fragile.time.advance(120);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(fragile.server.requests).as("the code is spent: nobody asks with it again").containsExactly(5.0);
        assertThat(stored(fragile.store)).isPresent();
    }

    @Test
    @DisplayName("Promise 2: tokens that can't be stored for long outlive the codes and the patience, and are stored in the end")
    void unsavedTokensAreNotForgotten() {
        FlowFixture fragile = new FlowFixture(new FragileStore(new AtomicInteger(40)));
        fragile.server.answer(fragile.server.granted("a"));
        PendingAuthorization flow = fragile.start();
        fragile.flows.follow(flow).await().indefinitely();
        fragile.time.advance(Duration.ofMinutes(30));
        fragile.start();
        fragile.time.advance(Duration.ofMinutes(30));

        assertThat(fragile.events(Approved.class)).hasSize(1);
        assertThat(stored(fragile.store)).isPresent();
        assertThat(fragile.server.requests).containsExactly(5.0);
    }

    @Test
    void aStoreThatThrowsIsOneThatFails() {
        FlowFixture throwing = new FlowFixture(new ThrowingStore(new AtomicInteger(2)));
        throwing.server.answer(throwing.server.granted("a"));
        PendingAuthorization flow = throwing.start();
        UniAssertSubscriber<Tokens> waiting = throwing.await(flow);
        throwing.time.advance(120);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    void aCancelledFlowDoesNotComeBackWhenASlowWriteEnds() {
        SlowStore slow = new SlowStore();
        FlowFixture engine = new FlowFixture(slow);
        engine.server.answer(slowDown());
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(5);
        engine.flows.cancel(flow).subscribe().with(nothing -> {
        });
        slow.held.forEach(Runnable::run);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(engine.await(flow).getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(engine.server.requests).hasSize(1);
    }

    @Test
    @DisplayName("Promise 2: a clock that is set forward ends no flow")
    void aClockThatIsSetForwardEndsNoFlow() {
        engine.server.answer(pending(), engine.server.granted("a"));
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());
        engine.time.advance(5);
        engine.time.setClockForward(Duration.ofDays(1));
        engine.time.advance(5);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("Promise 2: an approved flow that the store has forgotten since is told by its tokens, not as expired")
    void approvedAndForgotten() {
        engine.server.answer(engine.server.granted("a"));
        PendingAuthorization flow = engine.start();
        PendingAuthorization other = engine.flows.start("neighbours", AuthorizationRequest.defaults()).await().indefinitely();
        engine.await(flow);
        engine.time.advance(5);
        engine.time.advance(Duration.ofMinutes(30));
        engine.start();
        assertThat(engine.store.findFlow(FlowFixture.CLIENT, flow.id()).await().indefinitely()).isEmpty();

        assertThat(engine.poll(flow)).isInstanceOfSatisfying(PollResult.Granted.class,
                granted -> assertThat(granted.tokens().accessToken().value()).isEqualTo("access-a"));
        assertThat(engine.poll(other)).isInstanceOf(PollResult.Refused.class);
    }

    @Test
    void aFlowThatNobodyAsksForIsForgottenAfterItsEnd() {
        PendingAuthorization old = engine.start();
        engine.time.advance(Duration.ofMinutes(30));
        engine.start();

        assertThat(engine.flows.resume(FlowFixture.OWNER, old.id()).await().indefinitely()).isEmpty();
        assertThat(engine.await(old).getFailure()).as("but what was shown can still be explained")
                .hasMessageContaining("before its code expired");
        assertThat(engine.server.requests).isEmpty();
    }

    private Tokens await(PendingAuthorization flow) {
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(5);
        return waiting.getItem();
    }

    private static Optional<StoredTokens> stored(AuthorizationStore store) {
        return store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely();
    }

    private Uni<TokenAnswer> later(Duration delay, TokenAnswer answer) {
        return Uni.createFrom().emitter(emitter -> engine.time.schedule(delay, () -> emitter.complete(answer)));
    }

    /** Throws instead of answering, a number of times. */
    private static final class ThrowingStore extends ForwardingStore {

        private final AtomicInteger failures;

        private ThrowingStore(AtomicInteger failures) {
            this.failures = failures;
        }

        @Override
        public Uni<Optional<StoredTokens>> findTokens(String client, String owner) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("The disk is gone");
            }
            return super.findTokens(client, owner);
        }
    }

    /** Writes flows that are slowed down only when the test says so. */
    private static final class SlowStore extends ForwardingStore {

        private final List<Runnable> held = new ArrayList<>();

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            boolean slowedDown = flow.status() == StoredFlow.Status.PENDING
                    && !flow.interval().equals(flow.pending().interval());
            return !slowedDown ? super.replaceFlow(version, flow)
                    : Uni.createFrom().emitter(
                            emitter -> held.add(() -> super.replaceFlow(version, flow).subscribe().with(emitter::complete)));
        }
    }

    /** Fails to write tokens a number of times. */
    private static final class FragileStore extends ForwardingStore {

        private final AtomicInteger failures;

        private FragileStore(AtomicInteger failures) {
            this.failures = failures;
        }

        @Override
        public Uni<Boolean> replaceTokens(String client, String owner, long version, Optional<StoredTokens> replacement) {
            return failures.getAndDecrement() > 0 ? Uni.createFrom().failure(new IllegalStateException("The disk is full"))
                    : super.replaceTokens(client, owner, version, replacement);
        }
    }
}
