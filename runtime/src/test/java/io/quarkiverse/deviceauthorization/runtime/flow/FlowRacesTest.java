package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.quarkiverse.deviceauthorization.runtime.protocol.Events;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.runtime.token.RefreshPolicy;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;

/** What happens to a flow at the same time, or at the wrong time. */
class FlowRacesTest {

    private final FlowFixture engine = new FlowFixture();

    @Test
    void whoStopsWaitingTakesNothingFromTheOthers() {
        engine.server.answer(engine.server.granted("a"));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> leaving = engine.await(flow);
        UniAssertSubscriber<Tokens> staying = engine.await(flow);
        leaving.cancel();
        engine.time.advance(5);

        assertThat(staying.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    void theTimerGoesWithTheLastOneWhoWaits() {
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());
        waiting.cancel();

        assertThat(engine.time.timers()).isZero();
    }

    @Test
    @DisplayName("Promise 9: stopping cancels the timer of a flow that is only followed")
    void stoppingWhatIsFollowed() {
        engine.flows.follow(engine.start()).await().indefinitely();
        engine.flows.stop();

        assertThat(engine.time.timers()).isZero();
    }

    @Test
    void cancellingCancelsTheTimerOfAFlowThatIsOnlyFollowed() {
        PendingAuthorization flow = engine.start();
        engine.flows.follow(flow).await().indefinitely();
        engine.flows.cancel(flow).await().indefinitely();

        assertThat(engine.time.timers()).isZero();
    }

    @Test
    @DisplayName("Whoever cancels a flow and hangs up has cancelled it, and that is told")
    void whoCancelsAndHangsUp() {
        HeldEnds store = new HeldEnds();
        FlowFixture here = new FlowFixture(store);
        UniAssertSubscriber<Void> caller = here.flows.cancel(here.start()).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        caller.cancel();
        store.held.forEach(Runnable::run);

        assertThat(here.events(Cancelled.class)).hasSize(1);
    }

    @Test
    @DisplayName("Whoever asks for a flow while its end is being stored is told of it when it is: another may have been first")
    void whoAsksWhileTheEndIsStored() {
        HeldEnds store = new HeldEnds();
        FlowFixture here = new FlowFixture(store);
        PendingAuthorization flow = here.start();
        here.flows.cancel(flow).subscribe().with(done -> {
        });
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        UniAssertSubscriber<PollResult> polling = here.flows.poll(flow).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        waiting.assertNotTerminated();
        polling.assertNotTerminated();
        store.held.forEach(Runnable::run);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(polling.getItem()).isInstanceOf(PollResult.Refused.class);
    }

    @Test
    void aRequestIsAbortedWhenTheFlowIsCancelledWhileItIsBeingSent() {
        PendingAuthorization flow = engine.start();
        AtomicBoolean aborted = new AtomicBoolean();
        engine.server.answer(Uni.createFrom().<TokenAnswer> emitter(never -> engine.flows.cancel(flow).await().indefinitely())
                .onCancellation().invoke(() -> aborted.set(true)));
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(5);

        assertThat(aborted).isTrue();
        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
    }

    @Test
    void aRequestThatHangsIsAbortedWhenTheNextIsSent() throws InterruptedException {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(35);
        AtomicBoolean aborted = new AtomicBoolean();
        patient.server.answer(Uni.createFrom().<TokenAnswer> nothing().onCancellation().invoke(() -> aborted.set(true)));
        patient.await(patient.start());
        patient.time.advance(24);
        assertThat(aborted).as("it was given up at 15, and may bring the tokens yet").isFalse();
        patient.time.advance(1);

        assertThat(aborted).isTrue();
        assertThat(patient.flows.underWay().awaitEnd(Duration.ZERO)).as("nobody waits for it when the application stops")
                .isTrue();
    }

    @Test
    void aRequestThatWasAnsweredIsNotLetGoLater() {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(65);
        patient.await(patient.start());
        patient.time.advance(40);

        assertThat(patient.events(TransientFailure.class)).isEmpty();
        assertThat(patient.server.requests).startsWith(5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "pending, 22.5", "slow_down, 31.667", "unreachable, 26.111" })
    @DisplayName("clocks are compared from one answer to the next, and what they did before doesn't count")
    void clocksAreComparedBetweenAnswers(String first, double third) {
        engine.server.answer(first.equals("unreachable") ? unreachable() : first.equals("pending") ? pending() : slowDown(),
                slowDown());
        engine.await(engine.start());
        engine.time.setClockForward(Duration.ofSeconds(1));
        engine.time.advance(6);
        engine.time.setClockForward(Duration.ofSeconds(-1));
        engine.time.advance(30);

        assertThat(engine.server.requests.get(2)).isCloseTo(third, within(0.001));
    }

    @Test
    @DisplayName("Promise 3: a timer that fires early sends nothing early")
    void earlyTimer() {
        Timer early = new Timer() {

            @Override
            public long nanoTime() {
                return engine.time.nanoTime();
            }

            @Override
            public Cancellable schedule(Duration delay, Runnable task) {
                return engine.time.schedule(delay.toMillis() > 1 ? delay.minusMillis(1) : delay, task);
            }
        };
        Flows flows = flows(early, engine.time);
        PendingAuthorization flow = flows.start(FlowFixture.OWNER, AuthorizationRequest.defaults()).await().indefinitely();
        flows.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
        engine.time.advance(11);

        assertThat(engine.server.requests).containsExactly(5.0, 10.0);
    }

    @Test
    @DisplayName("Promise 3: two who take over one flow at the same time share its requests")
    void takenOverTwice() {
        HeldStore held = new HeldStore();
        FlowFixture fixture = new FlowFixture(held);
        fixture.server.answer(pending(), fixture.server.granted("a"));
        PendingAuthorization flow = fixture.start();
        fixture.flows = fixture.engine();
        held.hold = true;
        UniAssertSubscriber<Tokens> first = fixture.await(flow);
        UniAssertSubscriber<Tokens> second = fixture.await(flow);
        held.released.forEach(Runnable::run);
        fixture.time.advance(10);

        assertThat(fixture.server.requests).containsExactly(5.0, 10.0);
        assertThat(second.getItem()).isSameAs(first.getItem());
    }

    @Test
    void aFlowWhoseEndCannotBeStoredHasEndedHere() {
        FlowFixture fragile = new FlowFixture(new EndlessStore());
        fragile.server.answer(error(Meaning.DENIED, "access_denied"));
        PendingAuthorization flow = fragile.start();
        fragile.await(flow);
        fragile.time.advance(5);
        fragile.flows.cancel(flow).await().indefinitely();

        assertThat(fragile.await(flow).getFailure()).hasMessageContaining("The person refused to sign in");
        assertThat(fragile.poll(flow)).isInstanceOf(PollResult.Refused.class);
        fragile.time.advance(60);
        assertThat(fragile.server.requests).containsExactly(5.0);
        assertThat(fragile.events(Denied.class)).as("told all the same").hasSize(1);
        assertThat(fragile.time.timers()).isZero();
    }

    @Test
    @DisplayName("Promise 2: a flow whose tokens can't be stored yet is not forgotten when its codes end")
    void tokensThatAreNotStored() {
        FlowFixture fragile = new FlowFixture(new FullStore());
        fragile.server.answer(fragile.server.granted("a"));
        PendingAuthorization flow = fragile.start();
        fragile.flows.follow(flow).await().indefinitely();
        fragile.time.advance(Duration.ofMinutes(30));
        fragile.start();

        assertThat(fragile.poll(flow)).isInstanceOf(PollResult.Pending.class);
    }

    @Test
    void allFlowsThatEndAtTheSameMomentAreForgotten() {
        HeldStore counting = new HeldStore();
        FlowFixture fixture = new FlowFixture(counting);
        List<PendingAuthorization> flows = List.of(fixture.start(), fixture.start(), fixture.start());
        fixture.time.advance(Duration.ofMinutes(30));
        fixture.start();
        counting.found.set(0);
        flows.forEach(fixture::poll);

        assertThat(counting.found).as("asked of the store").hasValue(3);
    }

    @Test
    void eachAnswerIsToldAsAnEvent() {
        engine.server.answer(pending(), error(Meaning.REFUSED, "invalid_grant"));
        PendingAuthorization flow = engine.start();
        engine.await(flow);
        engine.time.advance(10);

        assertThat(engine.events(Pending.class)).containsExactly(new Pending(FlowFixture.CLIENT, FlowFixture.OWNER, flow.id()));
        assertThat(engine.events(Failed.class))
                .containsExactly(new Failed(FlowFixture.CLIENT, FlowFixture.OWNER, flow.id(), "invalid_grant"));
    }

    @Test
    void whatNobodyWouldHearIsNotTold() {
        List<DeviceAuthorizationEvent> told = new ArrayList<>();
        Flows flows = flows(engine.time, engine.time, new Events() {

            @Override
            public void accept(DeviceAuthorizationEvent event) {
                told.add(event);
            }

            @Override
            public boolean wants(Class<? extends DeviceAuthorizationEvent> kind) {
                return kind != Pending.class;
            }
        });
        PendingAuthorization flow = flows.start(FlowFixture.OWNER, AuthorizationRequest.defaults()).await().indefinitely();
        flows.follow(flow).await().indefinitely();
        engine.server.answer(pending(), slowDown());
        engine.time.advance(11);

        assertThat(told).hasExactlyElementsOfTypes(Started.class, SlowedDown.class);
    }

    private Flows flows(Timer timer, VirtualTime clock) {
        return flows(timer, clock, event -> {
        });
    }

    private Flows flows(Timer timer, VirtualTime clock, Events events) {
        ScriptedServer server = engine.server;
        TokenVault tokens = new TokenVault(FlowFixture.CLIENT, server, engine.store,
                new RefreshPolicy(Duration.ZERO, Duration.ofMinutes(1)), clock, timer, event -> {
                }, Telemetry.NONE);
        return new Flows(FlowFixture.CLIENT, server, engine.store, tokens, engine.policy, clock, timer, events,
                Telemetry.NONE);
    }

    /** Finds flows only when the test says so, and counts how often it is asked. */
    private static final class HeldStore extends ForwardingStore {

        private final List<Runnable> released = new ArrayList<>();
        private final AtomicInteger found = new AtomicInteger();
        private boolean hold;

        @Override
        public Uni<Optional<StoredFlow>> findFlow(String client, String id) {
            found.incrementAndGet();
            return !hold ? super.findFlow(client, id)
                    : Uni.createFrom().emitter(
                            emitter -> released.add(() -> super.findFlow(client, id).subscribe().with(emitter::complete)));
        }
    }

    /** Can't write how a flow ended. */
    private static final class EndlessStore extends ForwardingStore {

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            return flow.status() == StoredFlow.Status.PENDING ? super.replaceFlow(version, flow)
                    : Uni.createFrom().failure(new IllegalStateException("The disk is full"));
        }
    }

    /** Can't write tokens. */
    private static final class FullStore extends ForwardingStore {

        @Override
        public Uni<Boolean> replaceTokens(String client, String owner, long version, Optional<StoredTokens> replacement) {
            return Uni.createFrom().failure(new IllegalStateException("The disk is full"));
        }
    }

    /** Writes ends only when the test says so. */
    private static final class HeldEnds extends ForwardingStore {

        private final List<Runnable> held = new ArrayList<>();

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            Uni<Boolean> done = super.replaceFlow(version, flow);
            return flow.status() == StoredFlow.Status.PENDING ? done
                    : Uni.createFrom().emitter(answer -> held.add(() -> answer.complete(done.await().indefinitely())));
        }
    }
}
