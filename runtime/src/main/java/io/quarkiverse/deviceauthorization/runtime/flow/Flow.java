package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.Leaving;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One flow in this process: lets the server be asked when somebody wants to know and the schedule allows it, one request at a
 * time, and tells everybody who waits. The monitor is held for bookkeeping only, never during a request or a call to somebody
 * who waits.
 * <p>
 * Most flows only wait for a person, and there may be a hundred thousand of them: what a flow needs for a request, for somebody
 * who waits, or for its tokens, is there when it is needed.
 */
final class Flow extends ScheduledFlow {

    /** @param ours whether nobody else can have written it since it was read or made */
    Flow(FlowEngine engine, StoredFlow stored, boolean ours) {
        super(engine, stored, ours);
    }

    /** Stores it for the first time. */
    Uni<?> store() {
        return record.begin();
    }

    /** One request if one is allowed now; joins the one that is under way. */
    Uni<PollResult> poll() {
        return Uni.createFrom().emitter(emitter -> {
            PollResult known;
            boolean ask = false;
            synchronized (this) {
                known = result != null ? known() : asking || delay(engine.now()) == 0 ? null : soFar();
                if (known == null) {
                    listeners = listeners.withPoller(emitter);
                    ask = result == null && !asking && begin();
                }
            }
            if (known != null) {
                emitter.complete(known);
            } else if (ask) {
                engine.polling().ask(this);
            }
        });
    }

    /** Asks until there is a result. Cancelling the subscription stops the waiting, not the flow. */
    Uni<Tokens> await() {
        return Uni.createFrom().emitter(emitter -> {
            PollResult known;
            boolean stopped;
            synchronized (this) {
                known = known();
                stopped = engine.isStopped(); // asked here: whoever is added before that is told by stop()
                if (known == null && !stopped) {
                    listeners = listeners.withWaiter(emitter);
                    arm();
                }
            }
            if (stopped) {
                emitter.fail(engine.stopping());
            } else if (known != null) {
                Listeners.deliver(known, emitter);
            } else {
                emitter.onTermination(() -> leave(emitter));
            }
        });
    }

    /** @return the result, once it is certain: another process may have ended the flow before this one could store its end */
    private PollResult known() {
        return told ? result : null;
    }

    private synchronized void leave(UniEmitter<? super Tokens> waiter) {
        listeners = listeners.without(waiter);
        arm();
    }

    /** Asks until there is a result, for nobody in particular; if this process doesn't live so long, another one does. */
    Uni<Void> follow() {
        Uni<Void> kept = engine.store().handsOver() ? record.change(flow -> flow.followed(true)).replaceWithVoid()
                : Uni.createFrom().voidItem();
        return engine.regardless(kept.onItem().invoke(this::goOnAlone));
    }

    synchronized void goOnAlone() {
        followed = true;
        arm();
    }

    /** Another process goes on with it, whether or not somebody waits here. */
    void handedOver() {
        synchronized (this) {
            followed = false;
        }
        goOn(Optional.empty(), Optional.empty());
        engine.pending().removeIfIdle(this, Leaving.HANDED_OVER);
    }

    /** Whoever asks for it may hang up: it is stored and told nevertheless. Who doesn't hears when it can't be stored. */
    Uni<Void> cancel() {
        PollResult cancelled = cancelledOnlyHere();
        return engine.regardless(cancelled != null
                ? engine.endings().attempt(this, Status.CANCELLED, Optional.empty(), cancelled)
                : endAndStore(Status.CANCELLED, Optional.empty(),
                        new PollResult.Refused(engine.endings().cancelled())));
    }

    /** Stops without a result: the application ends. The flow stays in the store, and an answer under way still counts. */
    void stop(DeviceAuthorizationException why) {
        List<UniEmitter<? super Tokens>> waiters;
        List<UniEmitter<? super PollResult>> pollers;
        boolean unsaved;
        synchronized (this) {
            unsaved = isGranted() && !asking && engine.store().shared();
            followed = false;
            waiters = listeners.removeWaiters();
            pollers = asking ? List.of() : listeners.removePollers();
            if (attempt != null) {
                attempt.unlimited();
            }
        }
        waiters.forEach(waiter -> waiter.fail(why));
        pollers.forEach(poller -> poller.fail(why));
        if (unsaved) {
            engine.polling().ask(this); // what could not be stored before, and is asked of nobody again
        } else {
            handOver();
        }
    }

    /** The next process needn't wait until our turn is over. */
    private void handOver() {
        Instant from;
        synchronized (this) {
            if (asking || result != null || !isHandedOn()) {
                return;
            }
            from = engine.clock().instant().plus(schedule.untilAllowed(engine.now()));
        }
        engine.attempt(this, record.release(from));
    }

    @Override
    boolean due() {
        synchronized (this) {
            if (asking || result != null || delay(engine.now()) > 0 || !wanted() && !listeners.someonePolls()) {
                arm();
                return false;
            }
            begun();
        }
        engine.polling().ask(this);
        return true;
    }

    /** The server could not be asked. */
    void failed(AuthorizationServerException failure, Optional<Duration> retryAfter) {
        failed(failure, () -> schedule.failed(engine.now(), engine.clock().millis(), retryAfter));
    }

    /** What was granted could not be stored. */
    void notStored(AuthorizationServerException failure) {
        failed(failure, () -> schedule.failedToStore(engine.now()));
    }

    private void failed(AuthorizationServerException failure, Runnable count) {
        int failures;
        boolean givesUp;
        boolean wanted;
        Duration wait;
        List<UniEmitter<? super Tokens>> leaving = List.of();
        synchronized (this) {
            if (result != null) {
                return; // whoever waits is about to be told how it has ended
            }
            count.run();
            failures = schedule.failures();
            wanted = wanted();
            givesUp = !isGranted() && schedule.givesUp();
            wait = Duration.ofNanos(delay(engine.now()));
            if (givesUp) {
                followed = false;
                leaving = listeners.removeWaiters();
            }
        }
        goOn(Optional.of(failure), Optional.of(FlowEvents.transientFailure(pending(), failures, failure.getMessage())));
        if (!givesUp) {
            engine.polling().keepTurn(this, wait);
        } else if (isHandedOn()) {
            engine.attempt(this, record.change(flow -> flow.followed(false)).replaceWithVoid());
        }
        if (givesUp && wanted) {
            engine.fire(pending(), FlowEvents.gaveUp(pending(), failure.getMessage()));
            leaving.forEach(waiter -> waiter.fail(failure));
        }
    }

    /** Nothing is decided yet. */
    void goOn(Optional<DeviceAuthorizationException> failure, Optional<DeviceAuthorizationEvent> event) {
        List<UniEmitter<? super PollResult>> told;
        PollResult.Pending soFar = null;
        synchronized (this) {
            if (result != null) {
                return;
            }
            release();
            lastFailure = failure;
            told = listeners.removePollers();
            soFar = told.isEmpty() ? null : soFar();
            listeners = listeners.orNobody();
            arm();
        }
        for (UniEmitter<? super PollResult> poller : told) {
            poller.complete(soFar);
        }
        if (event.isPresent()) {
            engine.fire(pending(), event.get());
        }
        if (engine.isStopped()) {
            handOver();
        }
    }

    /** It has ended. That this can't be stored is no reason to go on. */
    Uni<Void> end(Status status, Optional<OAuthError> error, PollResult ending) {
        return endAndStore(status, error, ending).onFailure().recoverWithNull();
    }

    private Uni<Void> endAndStore(Status status, Optional<OAuthError> error, PollResult ending) {
        Tokens unwanted;
        Telemetry.Scope scope = engine.telemetry().of(pending());
        synchronized (this) {
            if (result != null || status == Status.CANCELLED && isGranted() && approval.isStoring()) {
                return Uni.createFrom().voidItem();
            }
            unwanted = status == Status.APPROVED ? null : granted();
            close(ending);
        }
        letGo();
        return engine.endings().store(this, status, error, ending)
                .onTermination().invoke(this::tell)
                .onItemOrFailure().transformToUni((nothing, problem) -> {
                    Uni<Void> revoked = unwanted == null ? Uni.createFrom().voidItem()
                            : engine.endings().revoke(unwanted, scope);
                    return problem == null ? revoked
                            : revoked.onItem().transformToUni(done -> Uni.createFrom().failure(problem));
                });
    }

    /** Another process has ended it before. */
    void overruled(PollResult theirs) {
        synchronized (this) {
            result = theirs;
        }
        engine.pending().remove(this, Leaving.ENDED_ELSEWHERE);
    }

    /** Another process has ended it. */
    void conclude(PollResult ending) {
        synchronized (this) {
            if (result != null) {
                return;
            }
            close(ending);
        }
        letGo();
        engine.pending().remove(this, Leaving.ENDED_ELSEWHERE);
        tell();
    }

    private void tell() {
        Listeners listening;
        PollResult ending;
        synchronized (this) {
            listening = listeners;
            listeners = Listeners.NOBODY;
            this.told = true;
            ending = result;
        }
        listening.tell(ending);
    }
}
