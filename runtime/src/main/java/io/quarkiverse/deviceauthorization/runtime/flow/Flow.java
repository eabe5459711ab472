package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * One flow in this process: lets the server be asked when somebody wants to know and the schedule allows it, one request at a
 * time, and tells everybody who waits. The monitor is held for bookkeeping only, never during a request or a call to somebody
 * who waits.
 */
final class Flow implements Polling.Listener {

    private final Flows flows;
    private final FlowRecord record;
    private final NextRequest next;
    private final Polling polling;

    private boolean asking;
    private boolean followed;
    private Optional<DeviceAuthorizationException> lastFailure = Optional.empty();
    private PollResult result;
    private boolean unconfirmed;
    private Listeners listeners = new Listeners();

    /** @param ours whether nobody else can have written it since it was read or made */
    Flow(Flows flows, StoredFlow stored, boolean ours) {
        this.flows = flows;
        this.record = new FlowRecord(flows.store(), stored, ours);
        this.next = new NextRequest(flows, stored);
        this.polling = new Polling(flows, this, record, next);
    }

    PendingAuthorization pending() {
        return record.flow().pending();
    }

    StoredFlow stored() {
        return record.flow();
    }

    /** Stores it for the first time. */
    Uni<Void> store() {
        return record.change(UnaryOperator.identity()).replaceWithVoid();
    }

    /** One request if one is allowed now; joins the one that is under way. */
    Uni<PollResult> poll() {
        return Uni.createFrom().emitter(emitter -> {
            PollResult known;
            boolean ask = false;
            synchronized (this) {
                known = known();
                if (unconfirmed) {
                    listeners.addPoller(emitter);
                } else if (known == null) {
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
                polling.ask();
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
                stopped = flows.isStopped(); // asked here: whoever is added before that is told by stop()
                if (known == null && !stopped) {
                    listeners.addWaiter(emitter);
                    arm();
                }
            }
            if (stopped) {
                emitter.fail(flows.stopping());
            } else if (known != null) {
                Listeners.deliver(known, emitter);
            } else {
                emitter.onTermination(() -> leave(emitter));
            }
        });
    }

    /** Asks until there is a result, for nobody in particular; if this process doesn't live so long, another one does. */
    Uni<Void> follow() {
        Uni<Void> kept = flows.store().handsOver()
                ? record.change(flow -> flow.followed(true)).replaceWithVoid()
                : Uni.createFrom().voidItem();
        return flows.regardless(kept.onItem().invoke(this::goOnAlone));
    }

    synchronized void goOnAlone() {
        followed = true;
        arm();
    }

    @Override
    public void handedOver() {
        synchronized (this) {
            followed = false;
        }
        goOn(Optional.empty(), Optional.empty());
        if (idle()) {
            flows.gone(this);
        }
    }

    Uni<Void> cancel() {
        return flows.regardless(end(Status.CANCELLED, Optional.empty(), new PollResult.Refused(flows.cancelled())));
    }

    /** Stops without a result: the application ends. The flow stays in the store. */
    void stop(DeviceAuthorizationException why) {
        List<UniEmitter<? super Tokens>> leaving;
        synchronized (this) {
            followed = false;
            next.disarm();
            leaving = listeners.removeWaiters();
        }
        polling.unlimited();
        leaving.forEach(waiter -> waiter.fail(why));
        handOver();
    }

    /** The next process needn't wait until our turn is over. */
    private void handOver() {
        Instant from;
        synchronized (this) {
            if (asking || result != null || !stored().followed() || !flows.store().handsOver()) {
                return;
            }
            from = flows.clock().instant().plus(next.untilAllowed());
        }
        flows.attempt(record.release(from));
    }

    /** Guarded by the monitor: as long as the store has not been told of the end, another process may have ended it before. */
    private PollResult known() {
        return unconfirmed ? null : result;
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
        return followed || listeners.someoneWaits() || polling.isGranted();
    }

    private void arm() {
        if (result == null && !asking && wanted() && !flows.isStopped()) {
            next.arm(delay(), this::due);
        }
    }

    /** Tokens that are not stored yet outlive the codes, and so does the last request of another process. */
    private Duration delay() {
        return polling.outlivesCodes() ? next.delayWithoutEnd() : next.delay();
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
            polling.ask();
        }
    }

    private boolean claim() {
        next.disarm();
        asking = true;
        return true;
    }

    @Override
    public synchronized boolean isOver() {
        return result != null;
    }

    @Override
    public synchronized boolean keepAsking() {
        if (result == null) {
            claim();
        }
        return result == null;
    }

    @Override
    public synchronized boolean store(Runnable note) {
        if (result == null) {
            note.run();
        }
        return result == null;
    }

    @Override
    public void failed(AuthorizationServerException failure, Optional<Duration> retryAfter) {
        failed(failure, () -> next.failed(retryAfter));
    }

    @Override
    public void notStored(AuthorizationServerException failure) {
        failed(failure, next::failedToStore);
    }

    private void failed(AuthorizationServerException failure, IntSupplier count) {
        int failures;
        boolean givesUp;
        boolean wanted;
        Duration wait;
        List<UniEmitter<? super Tokens>> leaving = List.of();
        synchronized (this) {
            failures = count.getAsInt();
            wanted = wanted();
            givesUp = !polling.isGranted() && next.givesUp();
            wait = delay();
            if (givesUp) {
                followed = false;
                leaving = listeners.removeWaiters();
            }
        }
        goOn(Optional.of(failure), Optional.of(FlowEvents.transientFailure(pending(), failures, failure.getMessage())));
        if (!givesUp) {
            polling.keepTurn(wait);
        } else if (stored().followed() && flows.store().handsOver()) {
            flows.attempt(record.change(flow -> flow.followed(false)).replaceWithVoid());
        }
        if (givesUp && wanted) {
            flows.fire(FlowEvents.gaveUp(pending(), failure.getMessage()));
            leaving.forEach(waiter -> waiter.fail(failure));
        }
    }

    @Override
    public void goOn(Optional<DeviceAuthorizationException> failure, Optional<DeviceAuthorizationEvent> event) {
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
        event.ifPresent(flows::fire);
        if (flows.isStopped()) {
            handOver();
        }
    }

    @Override
    public Uni<Void> end(Status status, Optional<OAuthError> error, PollResult ending) {
        Tokens unwanted;
        synchronized (this) {
            if (result != null || status == Status.CANCELLED && polling.isStoring()) {
                return Uni.createFrom().voidItem();
            }
            unwanted = status == Status.APPROVED ? null : polling.granted();
            close(ending);
            unconfirmed = true;
        }
        polling.cancel();
        return storeEnd(status, error, ending)
                .onFailure().recoverWithUni(problem -> flows.endNotStored(record.flow().ended(status, error), problem,
                        () -> storeEnd(status, error, ending)))
                .onTermination().invoke(this::tell)
                .onItem().transformToUni(nothing -> unwanted == null ? Uni.createFrom().voidItem() : flows.revoke(unwanted));
    }

    private Uni<Void> storeEnd(Status status, Optional<OAuthError> error, PollResult ending) {
        return record.change(flow -> flow.ended(status, error)).onItem()
                .transformToUni(before -> before.isPresent() ? overruled(before.get(), ending) : flows.ended(this));
    }

    /** Guarded by the monitor. */
    private void close(PollResult ending) {
        result = ending;
        asking = false;
        next.disarm();
    }

    /** Another process has ended the flow before: what it made of it counts, and nothing that it doesn't know of is left. */
    private Uni<Void> overruled(StoredFlow found, PollResult ours) {
        Uni<Void> undone = ours instanceof PollResult.Granted granted && found.status() != Status.APPROVED
                ? flows.tokens().of(found.pending().owner()).withdraw(granted.tokens())
                : Uni.createFrom().voidItem();
        return undone.onItem().transformToUni(nothing -> flows.result(found)).onItem().invoke(theirs -> {
            synchronized (this) {
                result = theirs;
            }
            flows.gone(this);
        }).replaceWithVoid();
    }

    @Override
    public void conclude(PollResult ending) {
        synchronized (this) {
            if (result != null) {
                return;
            }
            close(ending);
        }
        polling.cancel();
        flows.gone(this);
        tell();
    }

    private void tell() {
        Listeners told;
        PollResult ending;
        synchronized (this) {
            told = listeners;
            listeners = new Listeners();
            ending = result;
            unconfirmed = false;
        }
        told.tell(ending);
    }
}
