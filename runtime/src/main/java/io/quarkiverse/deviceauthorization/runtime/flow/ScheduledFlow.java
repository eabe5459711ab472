package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/**
 * What is known of one flow in this process, and whose turn it is: whether somebody wants it to be asked for, when, and whether
 * it is being asked for. All of it is guarded by its monitor.
 * <p>
 * Most flows only wait for a person, and there may be a hundred thousand of them: what a flow needs for a request, for somebody
 * who waits, or for its tokens, is there as long as it is needed. It is part of {@link Flow}, and no object beside it, for the
 * same reason.
 */
abstract class ScheduledFlow extends Agenda.Item {

    final FlowEngine engine;
    final FlowRecord record;
    final PollSchedule schedule;

    Listeners listeners = Listeners.NOBODY;
    Attempt attempt;
    volatile Approval approval;
    Optional<DeviceAuthorizationException> lastFailure = Optional.empty();
    PollResult result;
    boolean told;
    private boolean endTold;

    boolean followed;
    boolean asking;
    private boolean onAgenda;
    private boolean watching;

    /**
     * Whatever happened before, the server is left alone for one interval from now; for less only where the processes that
     * share a store have written there until when it is.
     *
     * @param ours whether nobody else can have written it since it was read or made
     */
    ScheduledFlow(FlowEngine engine, StoredFlow stored, boolean ours) {
        this.engine = engine;
        this.record = new FlowRecord(engine.store(), stored, ours);
        long interval = stored.interval().toNanos();
        long wait = engine.store().shared() ? Math.min(interval, until(stored.nextRequest())) : interval;
        long now = engine.now();
        this.schedule = new PollSchedule(engine.policy(), stored.interval(), now, engine.clock().millis(), wait,
                now + until(stored.pending().expiresAt()));
        this.approval = stored.granted().map(tokens -> new Approval(engine, this, tokens)).orElse(null);
    }

    private long until(Instant time) {
        return Math.max(0, Duration.between(engine.clock().instant(), time).toNanos());
    }

    String id() {
        return stored().pending().id();
    }

    PendingAuthorization pending() {
        return stored().pending();
    }

    StoredFlow stored() {
        return record.flow();
    }

    FlowRecord record() {
        return record;
    }

    /** @return whether other processes go on with it when this one doesn't */
    boolean isHandedOn() {
        return stored().followed() && engine.store().handsOver();
    }

    /** @return whether nobody waits, follows or asks, and nothing is left to be stored */
    synchronized boolean idle() {
        return result != null || !asking && !wanted() && !listeners.someonePolls();
    }

    boolean wanted() {
        return followed || listeners.someoneWaits() || isGranted();
    }

    boolean isGranted() {
        return approval != null;
    }

    /** @return what was granted and is not stored yet, or null */
    Tokens granted() {
        Approval known = approval;
        return known == null ? null : known.tokens();
    }

    /** @return whether nobody else has what was granted: nobody could go on with it */
    boolean hasOnlyCopy() {
        return isGranted() && stored().granted().isEmpty();
    }

    /** Another process asks, or does not any more. */
    synchronized void watching(boolean yes) {
        watching = yes;
    }

    /** Nobody asks for it: it is forgotten some time after its codes have ended. */
    synchronized void rest() {
        engine.agenda().rest(this, schedule.end() + PendingFlows.LINGER.toNanos());
    }

    /** Guarded by the monitor, as what follows. */
    void arm() {
        if (result == null && !asking) {
            if (wanted() || listeners.someonePolls()) {
                engine.agenda().schedule(this, due(engine.now()));
            } else {
                rest();
            }
        }
    }

    /** Tokens that are not stored yet outlive the codes, and so does the last request of another process. */
    private long due(long now) {
        return watching || isGranted() ? schedule.dueWithoutEnd() : schedule.due(now);
    }

    long delay(long now) {
        return Math.max(0, due(now) - now);
    }

    PollResult.Pending soFar() {
        return new PollResult.Pending(Duration.ofNanos(delay(engine.now())), lastFailure);
    }

    /** @return whether it asks now; else it does as soon as not too many others do */
    boolean begin() {
        boolean room = engine.agenda().begin();
        if (room) {
            engine.agenda().remove(this);
            begun();
        } else {
            arm();
        }
        return room;
    }

    /** It is its turn on the agenda. */
    void begun() {
        onAgenda = true;
        asking = true;
    }

    void claim() {
        engine.agenda().remove(this);
        asking = true;
    }

    void release() {
        asking = false;
        if (onAgenda) {
            onAgenda = false;
            engine.agenda().end();
        }
    }

    /** What becomes of a request that is about to be sent. */
    enum Turn {
        /** It is sent. */
        ASKS,
        /** The codes have ended. */
        ENDED,
        /**
         * It isn't needed any more: a request before it was answered meanwhile, or will be, also when the codes have ended, or
         * the flow has ended.
         */
        PASSES
    }

    /** Begins a request; lets go of the one before, if that is late. */
    Turn begins(Attempt next) {
        Attempt before;
        Turn turn;
        synchronized (this) {
            long now = engine.now();
            boolean ended = schedule.hasEnded(now);
            boolean needed = result == null && asking && !isGranted() && (attempt == null || attempt.isLate());
            if (needed && ended && attempt != null) {
                attempt.takesLonger();
                needed = false;
            }
            if (!needed) {
                return Turn.PASSES;
            }
            before = attempt;
            turn = ended ? Turn.ENDED : Turn.ASKS;
            if (turn == Turn.ASKS) {
                next.begins(schedule.speed(now, engine.clock().millis()), schedule.requestLimit(now));
            }
            attempt = turn == Turn.ASKS ? next : null;
        }
        if (before != null) {
            before.letGo();
        }
        return turn;
    }

    /**
     * A request is not under way any more. Tokens that it brought count from this very moment: the codes may end in the next.
     *
     * @param answer what it brought, or null
     */
    synchronized void over(Attempt ended, TokenAnswer answer) {
        if (attempt == ended) {
            attempt = null;
        }
        if (answer instanceof TokenAnswer.Granted granted && result == null && approval == null) {
            approval = new Approval(engine, this, granted.tokens());
            claim();
        }
    }

    /** Waits no longer for the request that is under way, if one is. */
    void letGo() {
        Attempt underWay;
        synchronized (this) {
            underWay = attempt;
        }
        if (underWay != null) {
            underWay.letGo();
        }
    }

    synchronized boolean codesHaveEnded() {
        return schedule.hasEnded(engine.now());
    }

    /** @return what brings the tokens home, unless the flow has ended, or it does so already */
    synchronized Optional<Approval> approved(Tokens tokens) {
        if (result != null || approval != null && !approval.rests()) {
            return Optional.empty();
        }
        if (approval == null) {
            approval = new Approval(engine, this, tokens);
        }
        approval.goesOn(tokens);
        claim();
        return Optional.of(approval);
    }

    /** @return whether tokens may be stored, since the flow has not ended: from now on it is too late to cancel */
    synchronized boolean beginsStoring(Approval storing) {
        if (result == null) {
            storing.begins();
        }
        return result == null;
    }

    /** @return what was told of a cancellation that is not stored yet, or null */
    synchronized PollResult cancelledOnlyHere() {
        return result instanceof PollResult.Refused refused && refused.cause() instanceof AuthorizationCancelledException
                && stored().status() == StoredFlow.Status.PENDING ? result : null;
    }

    /** @return whether nobody has told how it ended */
    synchronized boolean tellsEnd() {
        boolean first = !endTold;
        endTold = true;
        return first;
    }

    /** Guarded by the monitor. */
    void close(PollResult ending) {
        result = ending;
        approval = null;
        release();
        rest();
    }
}
