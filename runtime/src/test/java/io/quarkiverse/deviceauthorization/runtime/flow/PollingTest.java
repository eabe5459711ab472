package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.pending;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.slowDown;
import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** RFC 8628 §3.5, on a virtual clock. */
class PollingTest {

    private final FlowFixture engine = new FlowFixture();

    @Test
    @DisplayName("R15: the first poll waits too, and each gap is the interval")
    void waitsTheIntervalBeforeEachRequest() {
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());
        assertThat(engine.server.requests).isEmpty();

        engine.time.advance(21);

        assertThat(engine.server.requests).containsExactly(5.0, 10.0, 15.0, 20.0);
        waiting.assertNotTerminated();
    }

    @Test
    @DisplayName("R15: the interval counts from the last answer, not from the last request")
    void measuresFromTheAnswer() {
        engine.server.answer(after(Duration.ofSeconds(3), pending()));
        engine.await(engine.start());

        engine.time.advance(14);

        assertThat(engine.server.requests).containsExactly(5.0, 13.0);
    }

    @Test
    @DisplayName("R16: slow_down adds 5 s for good: 10, 15, and still 15 after a plain pending")
    void slowDownStays() {
        engine.server.answer(slowDown(), slowDown(), pending());
        PendingAuthorization flow = engine.start();
        engine.await(flow);

        engine.time.advance(61);

        assertThat(engine.server.requests).containsExactly(5.0, 15.0, 30.0, 45.0, 60.0);
        assertThat(engine.events(SlowedDown.class)).extracting(SlowedDown::interval)
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    @Test
    @DisplayName("R16: a slow_down that names an interval means at least that one (GitHub), an absurd one is clamped")
    void slowDownWithAnInterval() {
        engine.server.lifespan = Duration.ofHours(24);
        engine.server.answer(slowDownTo(Duration.ofSeconds(30)), slowDownTo(Duration.ofSeconds(6)),
                slowDownTo(Duration.ofDays(9)));
        engine.await(engine.start());

        engine.time.advance(1000);

        assertThat(engine.server.requests).containsExactly(5.0, 35.0, 70.0, 670.0);
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("R17: any other error stops the polling")
    @CsvSource({ "DENIED, access_denied", "EXPIRED, expired_token", "REFUSED, invalid_grant", "REFUSED, made_up_by_somebody" })
    void stopsOnAnyOtherError(Meaning meaning, String code) {
        engine.server.answer(pending(), error(meaning, code));
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(1000);

        assertThat(engine.server.requests).containsExactly(5.0, 10.0);
        assertThat(engine.time.timers()).isZero();
        assertThat(waiting.getFailure()).isInstanceOfSatisfying(DeviceAuthorizationException.class,
                problem -> assertThat(problem.error()).contains(code));
    }

    @Test
    void aRefusalIsTypedStoredAndTold() {
        engine.server.answer(error(Meaning.DENIED, "access_denied"));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(5);

        assertThat(waiting.getFailure()).isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("The person refused to sign in for client 'tv'");
        assertThat(engine.events(Denied.class)).hasSize(1);
        assertThat(engine.await(flow).getFailure()).as("who asks later hears the same")
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @DisplayName("R18: an expired flow ends, and none is started without the person")
    void endsAtTheDeadline() {
        engine.server.lifespan = Duration.ofSeconds(12);
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(1000);

        assertThat(engine.server.requests).containsExactly(5.0, 11.0);
        assertThat(waiting.getFailure()).isInstanceOf(DeviceCodeExpiredException.class)
                .hasMessageContaining("Start a new one when the person asks for it");
        assertThat(engine.server.starts).isEqualTo(1);
        assertThat(engine.events(Expired.class)).hasSize(1);
    }

    @Test
    @DisplayName("R19: while the server can't be asked, the wait doubles, and the flow survives")
    void backsOffAndSurvives() {
        engine.server.answer(unreachable(), unreachable(), unreachable(), pending(), engine.server.granted("a"));
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(85);

        // 5, then 10, 20 and 40 s of back-off, then the interval again
        assertThat(engine.server.requests).containsExactly(5.0, 15.0, 35.0, 75.0, 80.0);
        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-a");
        assertThat(engine.events(TransientFailure.class)).extracting(TransientFailure::failures).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("R19: back-off is capped, and Retry-After is heeded")
    void capsTheBackOff() {
        engine.server.lifespan = Duration.ofHours(1);
        engine.server.answer(unreachable(), unreachable(), unreachable(), unreachable(), unreachable(),
                new TokenAnswer.Unavailable(new AuthorizationServerException("busy", 429, null),
                        Optional.of(Duration.ofSeconds(90))));
        engine.await(engine.start());

        engine.time.advance(350);

        assertThat(engine.server.requests).containsExactly(5.0, 15.0, 35.0, 75.0, 135.0, 195.0, 285.0, 290.0, 295.0, 300.0,
                305.0, 310.0, 315.0, 320.0, 325.0, 330.0, 335.0, 340.0, 345.0, 350.0);
    }

    @Test
    @DisplayName("Promise 2: back-off gives way to one last attempt before the deadline")
    void asksOnceMoreBeforeTheEnd() {
        engine.server.lifespan = Duration.ofSeconds(60);
        engine.server.answer(unreachable(), unreachable(), unreachable(), engine.server.granted("late"));
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(60);

        assertThat(engine.server.requests).containsExactly(5.0, 15.0, 35.0, 59.0);
        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-late");
    }

    @Test
    @DisplayName("R15: the last attempt doesn't undercut the interval")
    void theLastAttemptKeepsTheInterval() {
        engine.server.interval = Duration.ofSeconds(30);
        engine.server.lifespan = Duration.ofSeconds(50);
        engine.server.answer(unreachable());
        engine.await(engine.start());

        engine.time.advance(100);

        assertThat(engine.server.requests).containsExactly(49.0);
    }

    @Test
    @DisplayName("Promise 2: the last request is made just before the deadline, not an interval earlier")
    void anApprovalInTheLastIntervalCounts() {
        engine.server.interval = Duration.ofSeconds(5);
        engine.server.lifespan = Duration.ofSeconds(20);
        engine.server.answer(pending(), pending(), engine.server.granted("in time"));
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(20);

        assertThat(engine.server.requests).containsExactly(5.0, 10.0, 19.0);
        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-in time");
    }

    @Test
    @DisplayName("R15: where the interval leaves no room for it, the last request comes a little later")
    void theLastRequestNeverUndercutsTheInterval() {
        engine.server.interval = Duration.ofSeconds(7);
        engine.server.lifespan = Duration.ofMillis(14_500);
        engine.await(engine.start());

        engine.time.advance(100);

        assertThat(engine.server.requests).containsExactly(7.0, 14.0);
    }

    @Test
    void anAnswerAfterTheDeadlineStillCounts() {
        engine.server.lifespan = Duration.ofSeconds(12);
        engine.server.answer(pending()).answer(after(Duration.ofSeconds(5), engine.server.granted("slow")));
        UniAssertSubscriber<Tokens> waiting = engine.await(engine.start());

        engine.time.advance(20);

        assertThat(waiting.getItem().accessToken().value()).isEqualTo("access-slow");
    }

    @Test
    void tooManyFailuresEndTheWaitingAndNotTheFlow() {
        engine.server.lifespan = Duration.ofHours(2);
        for (int i = 0; i < 20; i++) {
            engine.server.answer(unreachable());
        }
        engine.server.answer(engine.server.granted("at last"));
        PendingAuthorization flow = engine.start();
        UniAssertSubscriber<Tokens> waiting = engine.await(flow);
        engine.time.advance(Duration.ofMinutes(30));

        assertThat(engine.server.requests).hasSize(20);
        assertThat(waiting.getFailure()).isInstanceOf(AuthorizationServerException.class);
        assertThat(engine.events(GaveUp.class)).extracting(GaveUp::message).containsExactly("The server is not there");
        assertThat(engine.time.timers()).isZero();

        UniAssertSubscriber<Tokens> again = engine.await(flow);
        engine.time.advance(60);
        assertThat(again.getItem().accessToken().value()).isEqualTo("access-at last");
    }

    @Test
    @DisplayName("Promise 3: an error that comes with Retry-After is heeded, and the interval stays what it was")
    void heedsRetryAfter() {
        engine.server.answer(new TokenAnswer.Error(Meaning.SLOW_DOWN,
                new OAuthError("slow_down", Optional.empty(), Optional.empty(), 429), Optional.empty(),
                Optional.of(Duration.ofSeconds(60))));
        engine.await(engine.start());

        engine.time.advance(76);

        assertThat(engine.server.requests).containsExactly(5.0, 65.0, 75.0);
    }

    @Test
    void pollSendsNothingBeforeTheServerAllowsIt() {
        PendingAuthorization flow = engine.start();

        assertThat(engine.poll(flow)).isEqualTo(new PollResult.Pending(Duration.ofSeconds(5), Optional.empty()));
        engine.time.advance(3);
        assertThat(engine.poll(flow)).isEqualTo(new PollResult.Pending(Duration.ofSeconds(2), Optional.empty()));
        assertThat(engine.server.requests).isEmpty();

        engine.time.advance(2);
        assertThat(engine.poll(flow)).isEqualTo(new PollResult.Pending(Duration.ofSeconds(5), Optional.empty()));
        assertThat(engine.server.requests).containsExactly(5.0);
        assertThat(engine.time.timers()).as("nobody waits").isZero();
    }

    @Test
    void pollTellsOfAFailureAndGoesOn() {
        engine.server.answer(unreachable(), engine.server.granted("a"));
        PendingAuthorization flow = engine.start();
        engine.time.advance(5);

        assertThat(engine.poll(flow)).isInstanceOfSatisfying(PollResult.Pending.class, result -> {
            assertThat(result.retryAfter()).isEqualTo(Duration.ofSeconds(10));
            assertThat(result.failure()).containsInstanceOf(AuthorizationServerException.class);
        });
        engine.time.advance(10);
        assertThat(engine.poll(flow)).isInstanceOf(PollResult.Granted.class);
        assertThat(engine.poll(flow)).as("and again, from the store").isInstanceOf(PollResult.Granted.class);
    }

    private static TokenAnswer slowDownTo(Duration interval) {
        return new TokenAnswer.Error(Meaning.SLOW_DOWN, new OAuthError("slow_down", Optional.empty(), Optional.empty(), 200),
                Optional.of(interval), Optional.empty());
    }

    private Uni<TokenAnswer> after(Duration delay, TokenAnswer answer) {
        return Uni.createFrom().emitter(emitter -> engine.time.schedule(delay, () -> emitter.complete(answer)));
    }
}
