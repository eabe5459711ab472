package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("Processes that take turns in asking the server")
class TurnsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SlowStore store = new SlowStore();
    private final FlowFixture here = new FlowFixture(store);
    private final Flows there = here.engine();

    @Test
    @DisplayName("Promise 3: keep the interval that the server named in its slow_down to another")
    void slowDown() {
        assertLeftAloneForAMinute(new TokenAnswer.Error(Meaning.SLOW_DOWN, oauth("slow_down"), Optional.of(MINUTE),
                Optional.empty()));
    }

    @Test
    @DisplayName("Promise 3: leave the server alone for as long as it asked another to, while the person decides")
    void pending() {
        assertLeftAloneForAMinute(new TokenAnswer.Error(Meaning.PENDING, oauth("authorization_pending"), Optional.empty(),
                Optional.of(MINUTE)));
    }

    @Test
    @DisplayName("Promise 3: leave the server alone for as long as it asked another to, while it is busy")
    void busy() {
        assertLeftAloneForAMinute(new TokenAnswer.Unavailable(new AuthorizationServerException("busy", 503, null),
                Optional.of(MINUTE)));
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    @DisplayName("Promise 3: go on by themselves when that time is over, and nothing has failed")
    void leftAloneAndGoneOn(boolean pending) {
        here.server.answer(pending
                ? new TokenAnswer.Error(Meaning.PENDING, oauth("authorization_pending"), Optional.empty(), Optional.of(MINUTE))
                : new TokenAnswer.Unavailable(new AuthorizationServerException("busy", 503, null), Optional.of(MINUTE)));
        here.await(here.start());
        here.time.advance(66);

        assertThat(here.server.requests).containsExactly(5.0, 65.0);
        assertThat(here.events(TransientFailure.class)).hasSize(pending ? 0 : 1);
    }

    @Test
    @DisplayName("leave a server alone for no longer than polling.max-interval, however long it asks for")
    void leftAloneForTooLong() {
        here.server.lifespan = Duration.ofHours(2);
        here.server.answer(new TokenAnswer.Error(Meaning.PENDING, oauth("authorization_pending"), Optional.empty(),
                Optional.of(Duration.ofHours(1))));
        PendingAuthorization flow = here.start();
        here.await(flow);
        here.time.advance(6);
        here.flows.stop();
        awaitThere(flow);
        here.time.advance(Duration.ofMinutes(11));

        assertThat(here.server.requests.get(1)).isBetween(605.0, 640.0);
    }

    @ParameterizedTest
    @ValueSource(strings = { "busy", "authorization_pending", "slow_down" })
    @DisplayName("hear at once that another has cancelled what they have just been told to ask for later")
    void cancelledMeanwhile(String answer) {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        here.server.answer(Uni.createFrom().emitter(late::add));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> waiting = here.await(flow);
        here.time.advance(6);
        there.cancel(flow).await().indefinitely();
        waiting.assertNotTerminated();
        late.get(0).complete(answer.equals("busy")
                ? new TokenAnswer.Unavailable(new AuthorizationServerException("busy", 503, null), Optional.of(MINUTE))
                : new TokenAnswer.Error(answer.equals("slow_down") ? Meaning.SLOW_DOWN : Meaning.PENDING, oauth(answer),
                        Optional.empty(), Optional.of(MINUTE)));

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(here.time.timers()).isZero();
        assertThat(here.events(TransientFailure.class)).isEmpty();
    }

    @Test
    @DisplayName("abort a request that is late when another has cancelled its flow")
    void abortedWhenCancelledElsewhere() {
        FlowFixture patient = new FlowFixture(store, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(35);
        AtomicBoolean aborted = new AtomicBoolean();
        patient.server.answer(Uni.createFrom().<TokenAnswer> nothing().onCancellation().invoke(() -> aborted.set(true)));
        PendingAuthorization flow = patient.start();
        UniAssertSubscriber<Tokens> waiting = patient.await(flow);
        patient.time.advance(16);
        patient.engine().cancel(flow).await().indefinitely();
        assertThat(aborted).as("it was given up at 15, and may bring the tokens yet").isFalse();
        patient.time.advance(10);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(aborted).isTrue();
    }

    private void assertLeftAloneForAMinute(TokenAnswer answer) {
        here.server.answer(answer);
        PendingAuthorization flow = here.start();
        here.await(flow);
        here.time.advance(3);
        awaitThere(flow);
        here.time.advance(200);

        assertThat(here.server.requests.get(1) - here.server.requests.get(0)).isGreaterThanOrEqualTo(60);
    }

    @Test
    @DisplayName("Promise 3: ask nothing when another has begun while the store took its time, or this process stood still")
    void lateClaim() {
        PendingAuthorization flow = here.start();
        here.await(flow);
        store.slow = true;
        here.time.advance(5);
        store.slow = false;
        awaitThere(flow);
        here.time.advance(18);
        assertThat(here.server.requests).containsExactly(20.0);
        store.answers.get(0).run();
        here.time.advance(60);

        List<Double> requests = here.server.requests;
        assertThat(requests).hasSizeGreaterThan(3);
        for (int index = 1; index < requests.size(); index++) {
            assertThat(requests.get(index) - requests.get(index - 1)).as("%s", requests).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    @DisplayName("Promise 3: ask nothing when a late answer came while they waited for their turn, and abort no request for it")
    void lateAnswer() {
        FlowFixture patient = new FlowFixture(store, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(35);
        List<UniEmitter<? super TokenAnswer>> answers = new ArrayList<>();
        patient.server.answer(Uni.createFrom().emitter(answers::add)).answer(Uni.createFrom().emitter(answers::add));
        UniAssertSubscriber<Tokens> waiting = patient.await(patient.start());
        patient.time.advance(24);
        store.slow = true;
        patient.time.advance(1);
        answers.get(0).complete(ScriptedServer.pending());
        store.slow = false;
        store.answers.get(0).run();
        patient.time.advance(Duration.ofMillis(9_500));
        assertThat(patient.server.requests).as("the first is answered at 25").containsExactly(5.0, 34.0);
        answers.get(1).complete(patient.server.granted("a"));

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("Promise 2: go on where one was killed, although the clock was set back since")
    void clockSetBack() {
        PendingAuthorization flow = here.start();
        here.await(flow);
        here.time.advance(11);
        here.flows.stop();
        here.time.setClockForward(Duration.ofHours(-1));
        here.server.answer(here.server.granted("a"));
        UniAssertSubscriber<Tokens> waiting = awaitThere(flow);
        here.time.advance(60);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    void aProcessThatPollsOnceAsksWhenItIsTime() {
        PendingAuthorization flow = here.start();
        here.time.advance(4);
        assertThat(pollInANewProcess(flow)).isEqualTo(new PollResult.Pending(Duration.ofSeconds(1), Optional.empty()));
        here.time.advance(1);
        pollInANewProcess(flow);
        here.time.advance(6);
        assertThat(pollInANewProcess(flow)).as("only the one that asked knows that it was answered")
                .isEqualTo(new PollResult.Pending(Duration.ofSeconds(5), Optional.empty()));
        here.time.advance(9);
        here.server.answer(here.server.granted("a"));

        assertThat(pollInANewProcess(flow)).isInstanceOf(PollResult.Granted.class);
        assertThat(here.server.requests).containsExactly(5.0, 20.0);
    }

    @Test
    @DisplayName("Promise 2: a grant counts, although another process was refused its code before it could be stored")
    void spentAndNotStoredYet() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        here.server.answer(Uni.createFrom().emitter(late::add)).answer(Uni.createFrom().emitter(late::add));
        PendingAuthorization flow = here.start();
        UniAssertSubscriber<Tokens> first = here.await(flow);
        here.time.advance(5);
        awaitThere(flow);
        here.time.advance(20);
        late.get(1).complete(error(Meaning.REFUSED, "invalid_grant"));
        late.get(0).complete(here.server.granted("a"));
        here.time.advance(30);

        assertThat(first.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(here.server.revoked).isEmpty();
        assertThat(here.store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely()).isPresent();
    }

    private PollResult pollInANewProcess(PendingAuthorization flow) {
        return here.engine().poll(flow).await().indefinitely();
    }

    private UniAssertSubscriber<Tokens> awaitThere(PendingAuthorization flow) {
        return there.await(flow).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** Writes flows at once, and says so when the test wants it to. */
    private static final class SlowStore extends ForwardingStore {

        private final List<Runnable> answers = new ArrayList<>();
        private boolean slow;

        @Override
        public Uni<Boolean> replaceFlow(long expectedVersion, StoredFlow replacement) {
            Uni<Boolean> written = super.replaceFlow(expectedVersion, replacement);
            return Uni.createFrom().deferred(() -> !slow ? written
                    : written.onItem().transformToUni(done -> Uni.createFrom()
                            .emitter(emitter -> answers.add(() -> emitter.complete(done)))));
        }
    }

    private static OAuthError oauth(String code) {
        return new OAuthError(code, Optional.empty(), Optional.empty(), 400);
    }
}
