package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.TooManyPendingAuthorizationsException;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("Limits of one client")
class LimitsTest {

    private final FlowFixture engine = limited(2, 3);
    private final List<UniEmitter<? super TokenAnswer>> held = new ArrayList<>();

    private static FlowFixture limited(int maxInFlight, int maxPending) {
        return new FlowFixture(null, Duration.ofMinutes(10), maxInFlight, maxPending);
    }

    private static List<PendingAuthorization> follow(FlowFixture engine, int count) {
        List<PendingAuthorization> flows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PendingAuthorization flow = engine.start();
            engine.flows.follow(flow).await().indefinitely();
            flows.add(flow);
            engine.time.advance(Duration.ofMillis(100));
        }
        return flows;
    }

    private void holdAnswers(FlowFixture engine, int count) {
        for (int i = 0; i < count; i++) {
            engine.server.answer(Uni.createFrom().<TokenAnswer> emitter(held::add));
        }
    }

    private static List<String> ids(List<PendingAuthorization> flows) {
        return flows.stream().map(PendingAuthorization::id).toList();
    }

    @Test
    @DisplayName("polling.max-in-flight: no more polls are under way, and the flows that have been due for longest are next")
    void inFlight() {
        FlowFixture engine = limited(2, 100);
        holdAnswers(engine, 20);
        List<PendingAuthorization> flows = follow(engine, 5);
        engine.time.advance(60);
        assertThat(engine.server.asked).containsExactlyElementsOf(ids(flows.subList(0, 2)));

        held.get(1).complete(pending());
        engine.time.advance(0);
        assertThat(engine.server.asked).containsExactlyElementsOf(ids(flows.subList(0, 3)));

        held.get(0).complete(pending());
        held.get(2).complete(pending());
        engine.time.advance(60);
        assertThat(engine.server.asked).as("those that were asked wait behind those that were not")
                .containsExactlyElementsOf(ids(flows));
    }

    @ParameterizedTest
    @ValueSource(strings = { "failed", "unreachable", "denied", "granted", "cancelled", "late", "stopped waiting" })
    @DisplayName("polling.max-in-flight: there is room again, once, when a poll has")
    void roomAgain(String what) {
        FlowFixture engine = limited(1, 100);
        engine.server.lifespan = Duration.ofSeconds(95);
        holdAnswers(engine, 3);
        PendingAuthorization first = engine.start();
        UniAssertSubscriber<?> waiting = engine.await(first);
        PendingAuthorization second = follow(engine, 1).get(0);
        PendingAuthorization third = follow(engine, 1).get(0);
        engine.time.advance(6);
        assertThat(engine.server.asked).containsExactly(first.id());

        switch (what) {
            case "failed" -> held.get(0).fail(new IllegalStateException("No answer"));
            case "unreachable" -> held.get(0).complete(unreachable());
            case "denied" -> held.get(0)
                    .complete(error(TokenAnswer.Meaning.DENIED,
                            "access_denied"));
            case "granted" -> held.get(0).complete(engine.server.granted("a"));
            case "cancelled" -> engine.flows.cancel(first).await().indefinitely();
            case "late" -> engine.time.advance(30);
            default -> {
                waiting.cancel();
                held.get(0).complete(pending());
            }
        }
        engine.time.advance(0);
        assertThat(engine.server.asked).containsExactly(first.id(), second.id());

        held.get(0).complete(pending());
        engine.time.advance(0);
        assertThat(engine.server.asked).as("the room was given back once").doesNotContain(third.id());
    }

    @Test
    @DisplayName("polling.max-in-flight: a flow that is cancelled when its turn comes is not asked for, and leaves its room")
    void cancelledInTurn() {
        FlowFixture engine = limited(2, 100);
        PendingAuthorization first = engine.start();
        PendingAuthorization second = engine.start();
        engine.flows.follow(first).await().indefinitely();
        engine.flows.follow(second).await().indefinitely();
        engine.server.answer(Uni.createFrom().<TokenAnswer> deferred(() -> {
            engine.flows.cancel(second).await().indefinitely();
            return Uni.createFrom().item(pending());
        }));
        holdAnswers(engine, 2);
        engine.time.advance(5);
        assertThat(engine.server.asked).containsExactly(first.id());

        follow(engine, 1);
        engine.time.advance(6);
        assertThat(held).as("at once").hasSize(2);
    }

    /** There is no room for its poll, which is due. */
    private PendingAuthorization startWhileAnotherIsAsked(FlowFixture engine) {
        holdAnswers(engine, 1);
        follow(engine, 1);
        PendingAuthorization polled = engine.start();
        engine.time.advance(6);
        return polled;
    }

    private static UniAssertSubscriber<PollResult> poll(FlowFixture engine, PendingAuthorization flow) {
        return engine.flows.poll(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    @DisplayName("polling.max-in-flight: whoever polls a flow waits for its turn, and is told what comes of it")
    void pollersWait() {
        FlowFixture engine = limited(1, 100);
        PendingAuthorization polled = startWhileAnotherIsAsked(engine);
        UniAssertSubscriber<PollResult> poller = poll(engine, polled);
        engine.time.advance(60);
        poller.assertNotTerminated();

        held.get(0).complete(pending());
        engine.time.advance(0);
        assertThat(poller.getItem()).isInstanceOf(PollResult.Pending.class);
        assertThat(engine.server.asked).hasSize(2).endsWith(polled.id());
    }

    @Test
    @DisplayName("polling.max-in-flight: whoever waits for its turn when the application stops is told")
    void stopped() {
        FlowFixture engine = limited(1, 100);
        PendingAuthorization polled = startWhileAnotherIsAsked(engine);
        UniAssertSubscriber<PollResult> poller = poll(engine, polled);

        engine.flows.stop();

        assertThat(poller.getFailure()).isInstanceOf(AuthorizationInterruptedException.class);
        assertThat(engine.time.timers()).isZero();
    }

    @Test
    @DisplayName("Promise 3: a process that stood still goes on in good order: none early, none twice, no more at once than allowed")
    void pause() {
        FlowFixture engine = limited(50, 5000);
        int most = 0;
        Map<String, Double> answered = new HashMap<>();
        List<PendingAuthorization> flows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            PendingAuthorization flow = engine.start();
            engine.flows.follow(flow).await().indefinitely();
            answered.put(flow.id(), engine.time.seconds());
            flows.add(flow);
            engine.time.advance(Duration.ofMillis(1));
        }
        holdAnswers(engine, 12_000);
        engine.time.standStill(Duration.ofMinutes(2));
        int ended = 0;
        for (double until = engine.time.seconds() + 20; engine.time.seconds() < until;) {
            engine.time.advance(Duration.ofMillis(10)); // how long an answer takes
            most = Math.max(most, held.size() - ended);
            for (; ended < held.size(); ended++) {
                String flow = engine.server.asked.get(ended);
                assertThat(engine.server.requests.get(ended)).as("not early").isGreaterThan(answered.get(flow) + 4.999_999);
                held.get(ended).complete(pending());
                answered.put(flow, engine.time.seconds());
            }
        }

        assertThat(most).as("at once").isEqualTo(50);
        assertThat(engine.server.asked.subList(0, 3000)).as("those that were due first come first, each once")
                .containsExactlyElementsOf(ids(flows));
        assertThat(engine.server.asked).as("everybody, again and again").hasSizeGreaterThan(3 * 3000);
    }

    @Test
    @DisplayName("polling.max-pending: one flow more is not started, and nothing is sent")
    void pending3() {
        follow(engine, 3);

        assertThatThrownBy(engine::start).isInstanceOf(TooManyPendingAuthorizationsException.class)
                .hasMessage("3 sign-ins of client 'tv' are pending in this process, and no more are allowed. Nothing was sent:"
                        + " try again when some of them have ended, or set quarkus.device-authorization.\"tv\".polling"
                        + ".max-pending to more");
        assertThat(engine.server.starts).isEqualTo(3);
        assertThat(engine.events).as("events of those that were started").hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = { "approved", "denied", "cancelled", "forgotten" })
    @DisplayName("polling.max-pending: a flow makes room for one other when it has")
    void placeAgain(String what) {
        List<PendingAuthorization> flows = new ArrayList<>(List.of(engine.start(), engine.start(), engine.start()));
        switch (what) {
            case "approved" -> {
                engine.server.answer(engine.server.granted("a"));
                engine.await(flows.get(0));
                engine.time.advance(5);
            }
            case "denied" -> {
                engine.server.answer(error(TokenAnswer.Meaning.DENIED, "access_denied"));
                engine.await(flows.get(0));
                engine.time.advance(5);
            }
            case "cancelled" -> {
                engine.flows.cancel(flows.get(0)).await().indefinitely();
                engine.flows.cancel(flows.get(0)).await().indefinitely();
            }
            default -> {
                engine.time.advance(60);
                engine.flows.cancel(flows.get(0)).await().indefinitely();
                flows.set(0, engine.start());
                engine.time.advance(Duration.ofMinutes(15)); // a minute after the end of two of them
            }
        }
        for (int room = what.equals("forgotten") ? 2 : 1; room > 0; room--) {
            engine.start();
        }

        assertThatThrownBy(engine::start).isInstanceOf(TooManyPendingAuthorizationsException.class);
    }

    @Test
    @DisplayName("polling.max-pending: those that are being started count, and make room when nothing comes of it")
    void starting() {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        List<UniAssertSubscriber<PendingAuthorization>> starts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            engine.server.startsHeld.add(Uni.createFrom().completionStage(answer));
            starts.add(engine.flows.start(FlowFixture.OWNER, AuthorizationRequest.defaults()).subscribe()
                    .withSubscriber(UniAssertSubscriber.create()));
        }
        assertThat(starts.subList(3, 5)).as("more than may be pending")
                .allSatisfy(start -> assertThat(start.getFailure()).isInstanceOf(TooManyPendingAuthorizationsException.class));
        engine.server.startsHeld.clear();

        answers.get(0).completeExceptionally(new IllegalStateException("No connection"));
        starts.get(1).cancel();
        answers.get(2).complete(null);
        assertThat(starts.get(2).getItem()).isNotNull();
        engine.start();
        engine.start();
        assertThatThrownBy(engine::start).isInstanceOf(TooManyPendingAuthorizationsException.class);
    }

    @Test
    @DisplayName("polling.max-pending: what was started elsewhere is never refused, and counts")
    void resumed() {
        List<PendingAuthorization> flows = List.of(engine.start(), engine.start(), engine.start());
        engine.flows.stop();
        engine.flows = engine.engine();
        engine.start();
        flows.forEach(engine::await);
        engine.time.advance(5);

        assertThat(engine.server.asked).containsExactlyInAnyOrderElementsOf(ids(flows));
        engine.flows.cancel(flows.get(0)).await().indefinitely();
        assertThatThrownBy(engine::start).isInstanceOf(TooManyPendingAuthorizationsException.class);
        engine.flows.cancel(flows.get(1)).await().indefinitely();
        assertThat(engine.start()).isNotNull();
    }

    @Test
    @DisplayName("polling.max-pending: a flow whose end can't be stored counts until it is forgotten")
    void endThatIsNotStored() {
        FlowFixture fragile = new FlowFixture(new FullStore(), Duration.ofSeconds(10), 2, 1);
        fragile.server.answer(error(TokenAnswer.Meaning.DENIED, "access_denied"));
        PendingAuthorization flow = follow(fragile, 1).get(0);
        fragile.time.advance(5);
        assertThatThrownBy(fragile::start).isInstanceOf(TooManyPendingAuthorizationsException.class);

        fragile.time.advance(Duration.ofMinutes(16));
        assertThat(fragile.start()).isNotNull();
        assertThat(fragile.flows.isActive(flow)).isFalse();
    }

    /** Can't write how a flow ended. */
    private static final class FullStore extends ForwardingStore {

        @Override
        public Uni<Boolean> replaceFlow(long version, StoredFlow flow) {
            return flow.status() == StoredFlow.Status.PENDING ? super.replaceFlow(version, flow)
                    : Uni.createFrom().failure(new IllegalStateException("The disk is full"));
        }
    }
}
