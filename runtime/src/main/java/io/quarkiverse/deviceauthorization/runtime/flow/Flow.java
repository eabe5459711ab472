package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.InvalidIdTokenException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One flow on this node: asks the server when somebody wants to know and the schedule allows it, one request at a time,
 * and tells everybody who waits. The monitor is held for bookkeeping only, never during a request or a call to somebody
 * who waits.
 */
final class Flow {

    /** How often an ID token is checked, after the codes have ended, while that can't be done. */
    private static final int LATE_CHECKS = 5;

    private final Flows flows;
    private final NextRequest next;
    private final FlowRequest request;
    private final FlowRecord record;

    private StoredFlow stored;
    private boolean asking;
    private boolean followed;
    private Tokens unsaved;
    private boolean storing;
    private int lateChecks;
    private Optional<DeviceAuthorizationException> lastFailure = Optional.empty();
    private PollResult result;
    private Listeners listeners = new Listeners();

    Flow(Flows flows, StoredFlow stored) {
        this.flows = flows;
        this.stored = stored;
        this.next = new NextRequest(flows, stored);
        this.request = new FlowRequest(flows);
        this.record = new FlowRecord(flows.store(), stored.version());
        this.unsaved = stored.granted().orElse(null);
    }

    PendingAuthorization pending() {
        return stored.pending();
    }

    /** Stores it for the first time. */
    Uni<Boolean> store() {
        return record.write(stored);
    }

    /** One request if one is allowed now; joins the one that is under way. */
    Uni<PollResult> poll() {
        return Uni.createFrom().emitter(emitter -> {
            PollResult known;
            boolean ask = false;
            synchronized (this) {
                known = result;
                if (known == null) {
                    Duration wait = asking ? Duration.ZERO : delay();
                    if (!wait.isZero()) {
                        known = new PollResult.Pending(wait, lastFailure);
                    } else {
                        listeners.addPoller(emitter);
                        ask = !asking && claim();
                    }
                }
            }
            if (known != null) {
                emitter.complete(known);
            } else if (ask) {
                ask();
            }
        });
    }

    /** Asks until there is a result. Cancelling the subscription stops the waiting, not the flow. */
    Uni<Tokens> await() {
        return Uni.createFrom().emitter(emitter -> {
            if (flows.isStopped()) {
                emitter.fail(flows.stopping());
                return;
            }
            PollResult known;
            synchronized (this) {
                known = result;
                if (known == null) {
                    listeners.addWaiter(emitter);
                    arm();
                }
            }
            if (known != null) {
                Listeners.deliver(known, emitter);
            } else {
                emitter.onTermination(() -> leave(emitter));
            }
        });
    }

    /** Asks until there is a result, for nobody in particular. */
    synchronized void follow() {
        followed = true;
        arm();
    }

    Uni<Void> cancel() {
        return end(StoredFlow.Status.CANCELLED, Optional.empty(), new PollResult.Refused(flows.cancelled()));
    }

    /** Stops without a result: the application ends. The flow stays in the store. */
    void stop(DeviceAuthorizationException why) {
        List<UniEmitter<? super Tokens>> leaving;
        synchronized (this) {
            followed = false;
            next.disarm();
            leaving = listeners.removeWaiters();
        }
        request.unlimited();
        leaving.forEach(waiter -> waiter.fail(why));
    }

    private synchronized void leave(UniEmitter<? super Tokens> waiter) {
        listeners.removeWaiter(waiter);
        if (!wanted()) {
            next.disarm();
        }
    }

    /** @return whether nobody waits, follows or asks, and nothing is left to be stored */
    synchronized boolean idle() {
        return !asking && !wanted();
    }

    private boolean wanted() {
        return followed || listeners.someoneWaits() || unsaved != null;
    }

    private void arm() {
        if (result == null && !asking && wanted() && !flows.isStopped()) {
            next.arm(delay(), this::due);
        }
    }

    /** Tokens that are not stored yet outlive the codes that they were granted for. */
    private Duration delay() {
        return unsaved != null ? next.delayWithoutEnd() : next.delay();
    }

    private void due(int turn) {
        boolean ask;
        synchronized (this) {
            if (!next.fired(turn)) {
                return;
            }
            ask = result == null && !asking && wanted() && delay().isZero() && claim();
            if (!ask) {
                arm();
            }
        }
        if (ask) {
            ask();
        }
    }

    private boolean claim() {
        next.disarm();
        asking = true;
        return true;
    }

    private void ask() {
        Tokens granted;
        boolean ended;
        Optional<Duration> limit;
        synchronized (this) {
            granted = unsaved;
            ended = next.hasEnded();
            limit = next.requestLimit();
            next.sent();
        }
        if (granted != null) {
            save(granted);
        } else if (ended) {
            subscribe(end(StoredFlow.Status.EXPIRED, Optional.empty(),
                    new PollResult.Refused(flows.refusal().expired(null))));
        } else {
            request.send(stored, limit, this::answered, this::unexpected);
            if (isOver()) {
                request.cancel();
            }
        }
    }

    private synchronized boolean isOver() {
        return result != null;
    }

    /** Once the code is spent, a request that overlapped with the one that was late says nothing new. */
    private void answered(TokenAnswer answer) {
        if (isGranted()) {
            return;
        }
        if (answer instanceof TokenAnswer.Granted granted) {
            save(granted.tokens());
        } else if (answer instanceof TokenAnswer.Error error) {
            refused(error);
        } else if (answer instanceof TokenAnswer.Unavailable unavailable) {
            failed(unavailable.failure(), unavailable.retryAfter());
        }
    }

    private synchronized boolean isGranted() {
        return unsaved != null;
    }

    /** The approved tokens are written before anybody sees them, and asked for again only from what we keep. */
    private void save(Tokens tokens) {
        synchronized (this) {
            if (result != null) {
                return;
            }
            unsaved = tokens;
            claim();
        }
        subscribe(flows.server().checkIdToken(tokens, stored.binding()).onItemOrFailure()
                .transformToUni((nothing, problem) -> problem == null ? approve(tokens) : unchecked(tokens, problem)));
    }

    private Uni<Void> approve(Tokens tokens) {
        synchronized (this) {
            if (result != null) {
                return Uni.createFrom().voidItem();
            }
            storing = true;
        }
        return flows.tokens().of(stored.pending().owner()).granted(tokens).onItem()
                .transformToUni(granted -> end(StoredFlow.Status.APPROVED, Optional.empty(), new PollResult.Granted(tokens)));
    }

    /**
     * What is wrong with an ID token stays wrong. What is only not known yet is asked again, as long as the codes live
     * and a few times more, by whoever goes on with the flow.
     */
    private Uni<Void> unchecked(Tokens tokens, Throwable problem) {
        boolean hopeless;
        boolean first;
        StoredFlow waiting;
        synchronized (this) {
            hopeless = problem instanceof InvalidIdTokenException || next.hasEnded() && ++lateChecks >= LATE_CHECKS;
            first = stored.granted().isEmpty() && result == null;
            stored = first ? stored.granted(tokens) : stored;
            waiting = stored;
        }
        if (hopeless) {
            return end(StoredFlow.Status.FAILED, Optional.of(Refusal.stored(problem)), new PollResult.Refused(
                    problem instanceof DeviceAuthorizationException known ? known : flows.refusal().unexpected(problem)));
        }
        Uni<Void> kept = first ? record.write(waiting).replaceWithVoid() : Uni.createFrom().voidItem();
        return kept.onItem().transformToUni(nothing -> Uni.createFrom().failure(problem));
    }

    private void refused(TokenAnswer.Error error) {
        switch (error.meaning()) {
            case PENDING -> {
                synchronized (this) {
                    next.answered(error.retryAfter());
                }
                goOn(Optional.empty(), FlowEvents.pending(stored.pending()));
            }
            case SLOW_DOWN -> slowDown(error);
            case DENIED -> refuse(StoredFlow.Status.DENIED, error);
            case EXPIRED -> refuse(StoredFlow.Status.EXPIRED, error);
            case REFUSED -> refuse(StoredFlow.Status.FAILED, error);
        }
    }

    private void slowDown(TokenAnswer.Error error) {
        StoredFlow slower;
        synchronized (this) {
            stored = stored.slowedDown(next.slowedDown(error.interval(), error.retryAfter()));
            slower = stored;
        }
        subscribe(record.write(slower).onItem()
                .invoke(done -> goOn(Optional.empty(), FlowEvents.slowedDown(slower.pending(), slower.interval())))
                .replaceWithVoid());
    }

    private void refuse(StoredFlow.Status status, TokenAnswer.Error error) {
        subscribe(end(status, Optional.of(error.error()),
                new PollResult.Refused(flows.refusal().ofPoll(error.meaning(), error.error()))));
    }

    private void unexpected(Throwable problem) {
        failed(flows.refusal().unexpected(problem), Optional.empty());
    }

    private void failed(AuthorizationServerException failure, Optional<Duration> retryAfter) {
        int failures;
        boolean givesUp;
        boolean wanted;
        List<UniEmitter<? super Tokens>> leaving = List.of();
        synchronized (this) {
            failures = next.failed(retryAfter);
            wanted = wanted();
            givesUp = unsaved == null && next.givesUp();
            if (givesUp) {
                followed = false;
                leaving = listeners.removeWaiters();
            }
        }
        goOn(Optional.of(failure), FlowEvents.transientFailure(stored.pending(), failures, failure.getMessage()));
        if (givesUp && wanted) {
            flows.fire(FlowEvents.gaveUp(stored.pending(), failure.getMessage()));
            leaving.forEach(waiter -> waiter.fail(failure));
        }
    }

    private void goOn(Optional<DeviceAuthorizationException> failure, DeviceAuthorizationEvent event) {
        List<UniEmitter<? super PollResult>> told;
        PollResult.Pending soFar;
        synchronized (this) {
            if (result != null) {
                return;
            }
            asking = false;
            lastFailure = failure;
            soFar = new PollResult.Pending(delay(), failure);
            told = listeners.removePollers();
            arm();
        }
        told.forEach(poller -> poller.complete(soFar));
        flows.fire(event);
    }

    private Uni<Void> end(StoredFlow.Status status, Optional<OAuthError> error, PollResult ending) {
        StoredFlow ended;
        Listeners told;
        Tokens unwanted;
        synchronized (this) {
            boolean cancelled = status == StoredFlow.Status.CANCELLED;
            if (result != null || cancelled && storing) {
                return Uni.createFrom().voidItem();
            }
            unwanted = status == StoredFlow.Status.APPROVED ? null : unsaved;
            result = ending;
            told = listeners;
            listeners = new Listeners();
            stored = stored.ended(status, error);
            ended = stored;
            asking = false;
            unsaved = null;
            next.disarm();
        }
        request.cancel();
        Uni<Void> ends = flows.ended(this, record.write(ended), ended).onTermination().invoke(() -> told.tell(ending));
        return unwanted == null ? ends : ends.onItem().transformToUni(nothing -> flows.revoke(unwanted));
    }

    private void subscribe(Uni<Void> work) {
        work.subscribe().with(nothing -> {
        }, this::unexpected);
    }
}
