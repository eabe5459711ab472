package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.ScriptedServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("A sign-in endures")
class EnduranceTest {

    private final FlowFixture engine = new FlowFixture();

    @Test
    @DisplayName("clocks that disagree: after the first slow_down that comes though the interval was kept, intervals are stretched")
    void clocksDisagree() {
        engine.server.answer(pending(), slowDown(), pending(), pending());
        engine.time.wallClockSpeed(1 / 1.25);
        engine.await(engine.start());

        engine.time.advance(100);

        // 10 s after the slow_down, and a quarter more, since our seconds are a quarter too short
        assertThat(engine.server.requests).startsWith(5.0, 10.0, 22.5, 35.0, 47.5);
        assertThat(engine.events(SlowedDown.class)).extracting(SlowedDown::interval)
                .containsExactly(Duration.ofMillis(12_500));
    }

    @Test
    @DisplayName("a clock that is set back in between: that is no drift, and stretches intervals only a little")
    void clockSetBack() {
        engine.server.answer(slowDown());
        engine.await(engine.start());
        engine.time.setClockForward(Duration.ofHours(-1));

        engine.time.advance(40);

        assertThat(engine.server.requests).containsExactly(5.0, 17.0, 29.0);
    }

    @Test
    @DisplayName("slow_down without end: from the third in a row on, each stretches the intervals, up to twice their length")
    void slowDownAgainAndAgain() {
        engine.server.lifespan = Duration.ofHours(2);
        for (int i = 0; i < 10; i++) {
            engine.server.answer(slowDown());
        }
        engine.await(engine.start());

        engine.time.advance(3600);

        assertThat(engine.events(SlowedDown.class)).extracting(SlowedDown::interval).extracting(Duration::toMillis)
                .containsExactly(10_000L, 15_000L, 24_000L, 36_000L, 51_840L, 70_000L, 80_000L, 90_000L, 100_000L, 110_000L);
    }

    @Test
    @DisplayName("a request that hangs: nobody waits for it any more while there is time for others, and the next takes its place")
    void requestThatHangs() {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(95);
        patient.server.answer(Uni.createFrom().nothing());
        PendingAuthorization flow = patient.start();
        UniAssertSubscriber<Tokens> waiting = patient.await(flow);

        patient.time.advance(35); // 5, and a third of the 90 that were left

        assertThat(patient.poll(flow)).isInstanceOfSatisfying(PollResult.Pending.class,
                still -> assertThat(still.failure().orElseThrow()).hasMessage("The authorization server of client 'tv' gave no"
                        + " answer within 30 s, and the sign-in needs time to ask again. Set"
                        + " quarkus.device-authorization.\"tv\".read-timeout to less"));
        patient.server.answer(patient.server.granted("a"));
        patient.time.advance(10);
        assertThat(patient.server.requests).containsExactly(5.0, 45.0);
        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(patient.time.timers()).isZero();
    }

    @Test
    @DisplayName("an answer that comes later than the flow waits for it: the code is spent, so what it brings counts")
    void lateAnswer() {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(95);
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        patient.server.answer(Uni.createFrom().<TokenAnswer> emitter(late::add));
        UniAssertSubscriber<Tokens> waiting = patient.await(patient.start());
        patient.time.advance(36);

        late.get(0).complete(patient.server.granted("late"));

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-late");
        assertThat(patient.time.timers()).isZero();
        patient.time.advance(100);
        assertThat(patient.server.requests).containsExactly(5.0);
    }

    @Test
    @DisplayName("a late \"pending\": the server is left alone for one interval from then on")
    void latePending() {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(95);
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        patient.server.answer(Uni.createFrom().<TokenAnswer> emitter(late::add));
        patient.await(patient.start());
        patient.time.advance(43);

        late.get(0).complete(pending());

        patient.time.advance(10);
        assertThat(patient.server.requests).as("it was given up at 35, and would have been asked again at 45")
                .containsExactly(5.0, 48.0, 53.0);
    }

    @Test
    @DisplayName("a last request that takes long: there is no other one to make room for, so its answer is waited for")
    void lastRequestTakesLong() {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(12);
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        patient.server.answer(pending()).answer(Uni.createFrom().<TokenAnswer> emitter(late::add));
        PendingAuthorization flow = patient.start();
        UniAssertSubscriber<Tokens> waiting = patient.await(flow);
        patient.time.advance(60);
        waiting.assertNotTerminated();

        late.get(0).complete(patient.server.granted("late"));

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-late");
        assertThat(patient.server.requests).containsExactly(5.0, 11.0);
        assertThat(patient.time.timers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "failed", "pending", "cancelled" })
    @DisplayName("a last request that brings nothing in the end: only then it is over, and no other one is sent")
    void lastRequestBringsNothing(String what) {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(12);
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        patient.server.answer(pending()).answer(Uni.createFrom().<TokenAnswer> emitter(late::add));
        PendingAuthorization flow = patient.start();
        UniAssertSubscriber<Tokens> waiting = patient.await(flow);
        patient.time.advance(60);

        switch (what) {
            case "failed" -> late.get(0).fail(new IllegalStateException("Timed out"));
            case "pending" -> late.get(0).complete(pending());
            default -> patient.flows.cancel(flow).await().indefinitely();
        }
        patient.time.advance(60);

        assertThat(waiting.getFailure()).isInstanceOf(what.equals("cancelled") ? AuthorizationCancelledException.class
                : DeviceCodeExpiredException.class);
        assertThat(patient.server.requests).containsExactly(5.0, 11.0);
        assertThat(patient.time.timers()).isZero();
    }

    @Test
    @DisplayName("a late failure: it was one failure already")
    void lateFailure() {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(95);
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        patient.server.answer(Uni.createFrom().<TokenAnswer> emitter(late::add));
        patient.await(patient.start());
        patient.time.advance(36);

        late.get(0).fail(new IllegalStateException("Timed out"));

        assertThat(patient.events(TransientFailure.class)).hasSize(1);
        patient.time.advance(10);
        assertThat(patient.server.requests).containsExactly(5.0, 45.0);
    }

    @Test
    @DisplayName("no timer when the application stops, not even that of a request under way")
    void noTimerAfterStop() {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(95);
        patient.server.answer(Uni.createFrom().nothing());
        patient.await(patient.start());
        patient.time.advance(6);

        patient.flows.stop();

        assertThat(patient.time.timers()).isZero();
    }

    @Test
    @DisplayName("a server whose keys can't be read when the person has approved: the tokens are kept, and the keys asked for again")
    void keysCannotBeReadYet() {
        engine.server.answer(engine.server.granted("a"));
        engine.server.idTokenChecks.add(Uni.createFrom().failure(new AuthorizationServerException("No keys", 503, null)));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);

        engine.time.advance(5);
        waiting.assertNotTerminated();
        assertThat(engine.store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely()).isEmpty();

        engine.time.advance(10);
        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(engine.server.requests).as("the code was spent at once").containsExactly(5.0);
    }

    @Test
    @DisplayName("no longer than its codes live when the keys of the server can't be read")
    void keysCannotBeReadAtAll() {
        engine.server.lifespan = Duration.ofMinutes(2);
        engine.server.answer(engine.server.granted("a"));
        for (int i = 0; i < 50; i++) {
            engine.server.idTokenChecks.add(Uni.createFrom().failure(new AuthorizationServerException("No keys", 503, null)));
        }
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(900);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationServerException.class).hasMessage("No keys");
        // four times within the two minutes, and five times after that
        assertThat(engine.server.idTokenChecks).hasSize(50 - 9);
        assertThat(engine.events(TransientFailure.class)).hasSize(8)
                .allSatisfy(failure -> assertThat(failure.message()).isEqualTo("No keys"));
        assertThat(engine.time.timers()).isZero();
    }

    @Test
    @DisplayName("not an ID token that is not what it has to be: it ends, and nothing is stored")
    void wrongIdToken() {
        engine.server.answer(engine.server.granted("a"));
        engine.server.idTokenChecks.add(Uni.createFrom().failure(new InvalidIdTokenException("It is somebody else's")));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);

        engine.time.advance(1000);

        assertThat(waiting.getFailure()).isInstanceOf(InvalidIdTokenException.class).hasMessage("It is somebody else's");
        assertThat(engine.store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely()).isEmpty();
        assertThat(engine.events(Failed.class)).extracting(Failed::error).containsExactly("invalid_id_token");
        assertThat(engine.poll(flow)).as("who asks later hears the same").isInstanceOfSatisfying(PollResult.Refused.class,
                refused -> assertThat(refused.cause()).isInstanceOf(InvalidIdTokenException.class));
        assertThat(engine.time.timers()).isZero();
    }

    @Test
    @DisplayName("a server that can't be asked for long with an interval of hours: the wait stays at the interval")
    void backOffOfLongIntervals() {
        engine.server.interval = Duration.ofHours(3);
        engine.server.lifespan = Duration.ofDays(10);
        for (int i = 0; i < 22; i++) {
            engine.server.answer(ScriptedServer.unreachable());
        }
        PendingAuthorization flow = engine.start();
        engine.flows.follow(flow).await().indefinitely();

        engine.time.advance(Duration.ofDays(3).toSeconds());

        assertThat(engine.server.requests).startsWith(10_800.0, 21_600.0, 32_400.0).hasSize(20);
        assertThat(engine.events(GaveUp.class)).hasSize(1);
    }

    @Test
    @DisplayName("a request that can't even be prepared, as by an adapter that is broken: it goes on, ever more slowly")
    void requestThatCannotBePrepared() {
        engine.server.preparationFailures = 2;
        engine.server.answer(engine.server.granted("a"));
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(35);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(engine.events(TransientFailure.class)).extracting(TransientFailure::message).containsExactly(
                "The device authorization of client 'tv' could not go on for now: Not prepared",
                "The device authorization of client 'tv' could not go on for now: Not prepared");
    }

    @Test
    @DisplayName("something that only looks and fails, also by an Error: it goes on, ever more slowly")
    void whoLooksFails() {
        AtomicInteger failures = new AtomicInteger();
        FlowFixture watched = new FlowFixture(null, Duration.ofSeconds(10), 256, 100, new Telemetry() {
            @Override
            public Scope polling(PendingAuthorization flow) {
                if (failures.getAndDecrement() > 0) {
                    throw new NoSuchMethodError("of another version");
                }
                return Scope.NONE;
            }
        });
        PendingAuthorization flow = watched.start();
        watched.server.answer(watched.server.granted("a"));
        failures.set(1);
        UniAssertSubscriber<Tokens> waiting = watched.await(flow);
        watched.time.advance(60);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
    }

    @Test
    @DisplayName("nobody who waits for a request that is let go")
    void pollersHearOfIt() {
        FlowFixture patient = new FlowFixture(null, Duration.ofMinutes(10));
        patient.server.lifespan = Duration.ofSeconds(35);
        patient.server.answer(Uni.createFrom().nothing());
        PendingAuthorization flow = patient.start();
        patient.time.advance(5);
        UniAssertSubscriber<PollResult> poller = patient.flows.poll(flow).subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        patient.time.advance(10);

        assertThat(poller.getItem()).isInstanceOfSatisfying(PollResult.Pending.class,
                still -> assertThat(still.failure()).isNotEqualTo(Optional.empty()));
    }

    @Test
    @DisplayName("a restart between the approval and the check of its ID token: the tokens are not lost with the memory")
    void restartBeforeTheCheck() {
        engine.server.answer(engine.server.granted("a"));
        engine.server.answer(ScriptedServer.error(TokenAnswer.Meaning.REFUSED, "invalid_grant")); // the code is spent
        engine.server.idTokenChecks.add(Uni.createFrom().failure(new AuthorizationServerException("No keys", 503, null)));
        PendingAuthorization flow = engine.start();
        engine.await(flow);
        engine.time.advance(6);

        engine.flows.stop();
        engine.flows = engine.engine();
        UniAssertSubscriber<Tokens> resumed = engine.await(flow);
        engine.time.advance(100);

        assertThat(resumed.getItem()).as("approved before the restart").isNotNull();
    }

    @Test
    @DisplayName("not a cancellation while its ID token is being checked: what comes of that doesn't matter any more")
    void cancelledDuringTheCheck() {
        CompletableFuture<Void> checked = new CompletableFuture<>();
        engine.server.answer(engine.server.granted("a"));
        engine.server.idTokenChecks.add(Uni.createFrom().completionStage(checked));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(6);

        engine.flows.cancel(flow).await().indefinitely();
        checked.complete(null);

        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationCancelledException.class);
        assertThat(engine.store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely()).isEmpty();
        assertThat(engine.server.revoked).hasSize(1);
    }

    @Test
    @DisplayName("with no timer for requests that HTTP ends soon enough by itself")
    void noTimerForShortRequests() {
        engine.server.answer(Uni.createFrom().nothing());
        engine.await(engine.start());
        engine.time.advance(5);
        assertThat(engine.server.requests).hasSize(1);
        assertThat(engine.time.timers()).isZero();
    }

    @Test
    @DisplayName("not a cancellation between the approval and the check of its ID token: nobody is signed in after that")
    void cancelledBeforeTheCheck() {
        engine.server.answer(engine.server.granted("a"));
        for (int i = 0; i < 5; i++) {
            engine.server.idTokenChecks.add(Uni.createFrom().failure(new AuthorizationServerException("No keys", 503, null)));
        }
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(6);

        engine.flows.cancel(flow).await().indefinitely();

        assertThat(waiting.getFailure()).as("it says that it is cancelled").isNotNull();
        engine.time.advance(600);
        assertThat(engine.store.findTokens(FlowFixture.CLIENT, FlowFixture.OWNER).await().indefinitely()).isEmpty();
        assertThat(engine.server.revoked).as("nobody wants them").hasSize(1);
    }

    @Test
    @DisplayName("keys that can't be read for a while when the person approves at the last moment: a few attempts are made")
    void approvedAtTheLastMoment() {
        engine.server.lifespan = Duration.ofSeconds(20);
        engine.server.answer(pending(), pending(), engine.server.granted("a"));
        for (int i = 0; i < 3; i++) {
            engine.server.idTokenChecks.add(Uni.createFrom().failure(new AuthorizationServerException("No keys", 503, null)));
        }
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(300);

        assertThat(waiting.getItem()).as("approved 1 s before the end; the keys are there 70 s later").isNotNull();
    }
}
