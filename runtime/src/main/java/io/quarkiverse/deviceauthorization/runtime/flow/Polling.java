package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;

/**
 * Asks the server about a flow, once each time that it is told to, and makes of the answer what it means (RFC 8628 §3.5).
 * Where other processes share the store, they ask by turns.
 */
final class Polling {

    private static final Logger LOG = Logger.getLogger(Polling.class);

    private final FlowEngine engine;

    Polling(FlowEngine engine) {
        this.engine = engine;
    }

    /** Whatever goes wrong, it is tried again: somebody may have approved it. */
    void ask(Flow flow) {
        try {
            engine.telemetry().polling(flow.pending()).run(() -> askInTurn(flow));
        } catch (Throwable problem) { // also an Error
            failed(flow, problem);
        }
    }

    private void askInTurn(Flow flow) {
        Tokens granted = flow.granted();
        if (granted != null) {
            save(flow, granted);
        } else if (engine.store().shared()) {
            takeTurn(flow);
        } else {
            askNow(flow);
        }
    }

    /** Never faster than the server allows, whichever process does it. */
    private void takeTurn(Flow flow) {
        takeTurn(flow, flow.stored().interval());
    }

    /** @param patience how long the store may take, which the turn is longer by */
    private void takeTurn(Flow flow, Duration patience) {
        Instant now = engine.clock().instant();
        Duration most = engine.policy().turn(patience);
        long late = engine.now() + patience.toNanos();
        subscribe(flow, flow.record().takeTurn(now, now.plus(most), now.plus(most).plus(engine.policy().maxInterval())).onItem()
                .invoke(found -> {
                    flow.watching(found.isPresent());
                    if (found.isPresent()) {
                        elsewhere(flow, found.get());
                    } else if (flow.stored().granted().isPresent()) {
                        save(flow, flow.stored().granted().get());
                    } else if (engine.now() - late > 0) {
                        // the store took so long, or this process stood still, that it is another's turn by now; a store that
                        // is always slow would never let anybody ask
                        takeTurn(flow, patience.multipliedBy(2));
                    } else {
                        askNow(flow);
                    }
                }).replaceWithVoid());
    }

    private void askNow(Flow flow) {
        Attempt attempt = new Attempt(engine, flow);
        switch (flow.begins(attempt)) {
            case ASKS -> attempt.send();
            case ENDED -> subscribe(flow, flow.end(Status.EXPIRED, Optional.empty(),
                    new PollResult.Refused(engine.refusal().expired(null))));
            case PASSES -> {
                // who has begun goes on with it
            }
        }
    }

    /** Another process asks, or has ended the flow. */
    private void elsewhere(Flow flow, StoredFlow found) {
        Tokens granted = flow.granted();
        if (granted != null && FlowRecord.isOnlyRefused(found)) { // they have come meanwhile: the code was spent on them
            save(flow, granted);
            return;
        }
        if (found.status() != Status.PENDING) {
            subscribe(flow, ended(flow, found));
            return;
        }
        Duration theirs = Duration.between(engine.clock().instant(), found.nextRequest());
        synchronized (flow) {
            flow.schedule.leftTo(engine.now(), found.interval(), theirs);
        }
        if (found.followed() && engine.store().handsOver() && !theirs.isNegative()) {
            flow.handedOver();
        } else {
            flow.goOn(Optional.empty(), Optional.empty());
        }
    }

    private Uni<Void> ended(Flow flow, StoredFlow elsewhere) {
        return engine.endings().result(elsewhere).onItem().invoke(flow::conclude).replaceWithVoid();
    }

    /** Once the code is spent, a request that overlapped with the one that was late says nothing new. */
    void answered(Flow flow, Attempt attempt, TokenAnswer answer) {
        Tokens known = flow.granted();
        if (known != null) {
            if (answer instanceof TokenAnswer.Granted granted && granted.tokens().equals(known)) {
                save(flow, known);
            }
        } else if (answer instanceof TokenAnswer.Error error) {
            refused(flow, attempt, error);
        } else if (answer instanceof TokenAnswer.Unavailable unavailable) {
            leftAlone(flow, unavailable.retryAfter(), () -> flow.failed(unavailable.failure(), unavailable.retryAfter()));
        }
    }

    /** What the server asks of one, it asks of all: others see how long to wait before it is their turn. */
    private void leftAlone(Flow flow, Optional<Duration> asked, Runnable then) {
        if (asked.isEmpty() || !engine.store().shared()) {
            then.run();
            return;
        }
        Duration most = engine.policy().maxInterval();
        Instant until = engine.clock().instant().plus(asked.get().compareTo(most) < 0 ? asked.get() : most);
        subscribe(flow,
                flow.record().change(stored -> stored.leftAlone(until)).onFailure().recoverWithItem(Optional.empty()).onItem()
                        .transformToUni(ended -> {
                            if (ended.isPresent()) {
                                return ended(flow, ended.get());
                            }
                            then.run();
                            return Uni.createFrom().voidItem();
                        }));
    }

    /** What waits for a server that can't be asked is not taken over meanwhile. */
    void keepTurn(Flow flow, Duration wait) {
        if (flow.isHandedOn()) {
            Instant until = engine.clock().instant().plus(wait).plus(engine.policy().requestTimeout());
            engine.attempt(flow, flow.record().keepTurn(until));
        }
    }

    /** The approved tokens are written before anybody sees them, and asked for again only from what we keep. */
    private void save(Flow flow, Tokens tokens) {
        Optional<Approval> approval = flow.approved(tokens);
        if (approval.isEmpty()) {
            return;
        }
        Telemetry.Scope scope = engine.telemetry().of(flow.pending());
        Uni<Approval.Outcome> finished = Uni.createFrom().deferred(() -> approval.get().finish(tokens));
        subscribe(flow, finished.onItem().transformToUni(outcome -> {
            if (outcome instanceof Approval.Outcome.Stored stored) {
                return flow.end(Status.APPROVED, Optional.empty(), new PollResult.Granted(stored.tokens()));
            } else if (outcome instanceof Approval.Outcome.Refused refused) {
                return flow.end(Status.FAILED, Optional.of(Refusal.stored(refused.reason())),
                        new PollResult.Refused(refused.reason()));
            }
            Optional<StoredFlow> ended = ((Approval.Outcome.Unwanted) outcome).ended();
            return ended.isEmpty() ? Uni.createFrom().voidItem()
                    : ended(flow, ended.get()).onItem().transformToUni(nothing -> engine.endings().revoke(tokens, scope));
        }).onFailure().invoke(approval.get()::rest));
    }

    private void refused(Flow flow, Attempt attempt, TokenAnswer.Error error) {
        switch (error.meaning()) {
            case PENDING -> pending(flow, error);
            case SLOW_DOWN -> slowDown(flow, attempt, error);
            case DENIED -> refuse(flow, Status.DENIED, error);
            case EXPIRED -> refuse(flow, Status.EXPIRED, error);
            case REFUSED -> refuse(flow, Status.FAILED, error);
        }
    }

    private void pending(Flow flow, TokenAnswer.Error error) {
        synchronized (flow) {
            flow.schedule.answered(engine.now(), engine.clock().millis(), error.retryAfter());
        }
        leftAlone(flow, error.retryAfter(), () -> flow.goOn(Optional.empty(), engine.wants(Pending.class)
                ? Optional.of(FlowEvents.pending(flow.pending()))
                : Optional.empty()));
    }

    private void slowDown(Flow flow, Attempt attempt, TokenAnswer.Error error) {
        Duration longer;
        Duration wait;
        synchronized (flow) {
            flow.schedule.slowedDown(engine.now(), engine.clock().millis(), error.interval(), error.retryAfter(),
                    attempt.speed());
            longer = flow.schedule.interval();
            wait = flow.schedule.untilAllowed(engine.now());
        }
        Instant until = engine.clock().instant().plus(wait);
        subscribe(flow,
                flow.record().change(stored -> stored.slowedDown(longer).leftAlone(until)).onItem().transformToUni(ended -> {
                    if (ended.isPresent()) {
                        return ended(flow, ended.get());
                    }
                    flow.goOn(Optional.empty(), Optional.of(FlowEvents.slowedDown(flow.pending(), longer)));
                    return Uni.createFrom().voidItem();
                }));
    }

    /** A code that another process has spent is refused too: what that one has stored of it goes before. */
    private void refuse(Flow flow, Status status, TokenAnswer.Error error) {
        Uni<Optional<StoredFlow>> spent = engine.store().shared() ? flow.record().spent()
                : Uni.createFrom().item(Optional.empty());
        subscribe(flow, spent.onItem().transformToUni(found -> {
            if (found.isPresent()) {
                elsewhere(flow, found.get());
                return Uni.createFrom().voidItem();
            }
            return flow.end(status, Optional.of(error.error()),
                    new PollResult.Refused(engine.refusal().ofPoll(error.meaning(), error.error())));
        }));
    }

    /** Something went wrong on our side, or there was no answer in time. */
    void failed(Flow flow, Throwable problem) {
        if (problem instanceof AuthorizationStoreException) {
            tell(flow, problem);
            if (flow.isGranted() && engine.store().handsOver()) {
                flow.notStored(engine.refusal().unexpected(problem));
                return;
            }
        }
        flow.failed(engine.refusal().unexpected(problem), Optional.empty());
    }

    private void tell(Flow flow, Throwable problem) {
        String client = ConfigKeys.describe(engine.client());
        if (engine.isStopped() && flow.hasOnlyCopy()) {
            engine.telemetry().of(flow.pending()).run(() -> LOG.warnf(
                    "A person has approved a sign-in of %s, and its tokens can't be stored and are lost: %s", client,
                    problem.getMessage()));
        } else {
            engine.warn(flow, "A sign-in of " + client + " can't go on, and is tried again", problem);
        }
    }

    private void subscribe(Flow flow, Uni<Void> work) {
        engine.underWay().count(work).subscribe().with(nothing -> {
        }, problem -> failed(flow, problem));
    }
}
