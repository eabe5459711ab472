package io.quarkiverse.deviceauthorization.runtime.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;
import io.smallrye.mutiny.Uni;

/**
 * Asks the server about one flow, once each time that it is told to, and makes of the answer what it means (RFC 8628 §3.5).
 * Where other processes share the store, they ask by turns.
 */
final class Polling {

    /** Whom it tells. Its monitor guards when the next request is due. */
    interface Listener {

        /** @return whether the flow has ended */
        boolean isOver();

        /** @return whether the flow goes on being asked for, since it has not ended */
        boolean keepAsking();

        /**
         * @param note what to note first
         * @return whether tokens may be stored, since the flow has not ended
         */
        boolean store(Runnable note);

        /** Nothing is decided yet. */
        void goOn(Optional<DeviceAuthorizationException> failure, Optional<DeviceAuthorizationEvent> event);

        /** The server could not be asked. */
        void failed(AuthorizationServerException failure, Optional<Duration> retryAfter);

        /** What was granted could not be stored. */
        void notStored(AuthorizationServerException failure);

        /** It has ended. */
        Uni<Void> end(Status status, Optional<OAuthError> error, PollResult ending);

        /** Another process has ended it. */
        void conclude(PollResult ending);

        /** Another process goes on with it, whether or not somebody waits here. */
        void handedOver();
    }

    private static final Logger LOG = Logger.getLogger(Polling.class);

    private final Flows flows;
    private final Listener flow;
    private final FlowRecord record;
    private final NextRequest next;
    private final FlowRequest request;
    private final Approval approval;
    private volatile boolean watching;

    Polling(Flows flows, Listener flow, FlowRecord record, NextRequest next) {
        this.flows = flows;
        this.flow = flow;
        this.record = record;
        this.next = next;
        this.request = new FlowRequest(flows);
        this.approval = new Approval(flows, record, next);
    }

    boolean isGranted() {
        return approval.tokens() != null;
    }

    /** @return what was granted and is not stored yet, or null */
    Tokens granted() {
        return approval.tokens();
    }

    /** @return whether it is too late to cancel */
    boolean isStoring() {
        return approval.isStoring();
    }

    /** Tokens that are not stored yet outlive the codes, and so does the last request of another process. */
    boolean outlivesCodes() {
        return watching || isGranted();
    }

    /** The flow has ended: what is under way is of no use any more. */
    void cancel() {
        approval.over();
        request.cancel();
    }

    void unlimited() {
        request.unlimited();
    }

    void ask() {
        Tokens granted = approval.tokens();
        if (granted != null) {
            save(granted);
        } else if (flows.store().shared()) {
            takeTurn();
        } else {
            askNow();
        }
    }

    /** Never faster than the server allows, whichever process does it. */
    private void takeTurn() {
        Instant now = flows.clock().instant();
        Duration interval = record.flow().interval();
        Duration most = flows.policy().turn(interval);
        long late = flows.timer().nanoTime() + interval.toNanos();
        subscribe(record.takeTurn(now, now.plus(most), now.plus(most).plus(flows.policy().maxInterval())).onItem()
                .invoke(found -> {
                    watching = found.isPresent();
                    if (found.isPresent()) {
                        elsewhere(found.get());
                    } else if (record.flow().granted().isPresent()) {
                        save(record.flow().granted().get());
                    } else if (flows.timer().nanoTime() - late > 0) {
                        takeTurn(); // the store took so long, or this process stood still, that it is another's turn by now
                    } else {
                        askNow();
                    }
                }).replaceWithVoid());
    }

    private void askNow() {
        boolean ended;
        Optional<Duration> limit;
        synchronized (flow) {
            ended = next.hasEnded();
            limit = next.requestLimit();
            next.sent();
        }
        if (ended) {
            subscribe(flow.end(Status.EXPIRED, Optional.empty(), new PollResult.Refused(flows.refusal().expired(null))));
        } else {
            request.send(record.flow(), limit, this::answered, this::unexpected);
            if (flow.isOver()) {
                request.cancel();
            }
        }
    }

    /** Another process asks, or has ended the flow. */
    private void elsewhere(StoredFlow found) {
        if (found.status() != Status.PENDING) {
            subscribe(ended(found));
            return;
        }
        Duration theirs = Duration.between(flows.clock().instant(), found.nextRequest());
        synchronized (flow) {
            next.leftTo(found.interval(), theirs);
        }
        if (found.followed() && flows.store().handsOver() && !theirs.isNegative()) {
            flow.handedOver();
        } else {
            flow.goOn(Optional.empty(), Optional.empty());
        }
    }

    private Uni<Void> ended(StoredFlow elsewhere) {
        return flows.result(elsewhere).onItem().invoke(flow::conclude).replaceWithVoid();
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
            leftAlone(unavailable.retryAfter(), () -> flow.failed(unavailable.failure(), unavailable.retryAfter()));
        }
    }

    /** What the server asks of one, it asks of all: others see how long to wait before it is their turn. */
    private void leftAlone(Optional<Duration> asked, Runnable then) {
        if (asked.isEmpty() || !flows.store().shared()) {
            then.run();
            return;
        }
        Duration most = flows.policy().maxInterval();
        Instant until = flows.clock().instant().plus(asked.get().compareTo(most) < 0 ? asked.get() : most);
        subscribe(record.change(stored -> stored.leftAlone(until)).onFailure().recoverWithItem(Optional.empty()).onItem()
                .transformToUni(ended -> {
                    if (ended.isPresent()) {
                        return ended(ended.get());
                    }
                    then.run();
                    return Uni.createFrom().voidItem();
                }));
    }

    /** What waits for a server that can't be asked is not taken over meanwhile. */
    void keepTurn(Duration wait) {
        if (record.flow().followed() && flows.store().handsOver()) {
            Instant until = flows.clock().instant().plus(wait).plus(flows.policy().requestTimeout());
            flows.attempt(record.change(stored -> stored.leftAlone(until)).replaceWithVoid());
        }
    }

    /** The approved tokens are written before anybody sees them, and asked for again only from what we keep. */
    private void save(Tokens tokens) {
        approval.granted(tokens);
        if (!flow.keepAsking()) {
            approval.over();
            return;
        }
        subscribe(approval.finish(tokens, flow::store).onItem().transformToUni(outcome -> {
            if (outcome instanceof Approval.Outcome.Stored stored) {
                return flow.end(Status.APPROVED, Optional.empty(), new PollResult.Granted(stored.tokens()));
            } else if (outcome instanceof Approval.Outcome.Refused refused) {
                return flow.end(Status.FAILED, Optional.of(Refusal.stored(refused.reason())),
                        new PollResult.Refused(refused.reason()));
            }
            Optional<StoredFlow> ended = ((Approval.Outcome.Unwanted) outcome).ended();
            return ended.isEmpty() ? Uni.createFrom().voidItem()
                    : ended(ended.get()).onItem().transformToUni(nothing -> flows.revoke(tokens));
        }));
    }

    private void refused(TokenAnswer.Error error) {
        switch (error.meaning()) {
            case PENDING -> {
                synchronized (flow) {
                    next.answered(error.retryAfter());
                }
                leftAlone(error.retryAfter(),
                        () -> flow.goOn(Optional.empty(), Optional.of(FlowEvents.pending(record.flow().pending()))));
            }
            case SLOW_DOWN -> slowDown(error);
            case DENIED -> refuse(Status.DENIED, error);
            case EXPIRED -> refuse(Status.EXPIRED, error);
            case REFUSED -> refuse(Status.FAILED, error);
        }
    }

    private void slowDown(TokenAnswer.Error error) {
        Duration longer;
        Duration wait;
        synchronized (flow) {
            longer = next.slowedDown(error.interval(), error.retryAfter());
            wait = next.untilAllowed();
        }
        Instant until = flows.clock().instant().plus(wait);
        subscribe(record.change(stored -> stored.slowedDown(longer).leftAlone(until)).onItem().transformToUni(ended -> {
            if (ended.isPresent()) {
                return ended(ended.get());
            }
            flow.goOn(Optional.empty(), Optional.of(FlowEvents.slowedDown(record.flow().pending(), longer)));
            return Uni.createFrom().voidItem();
        }));
    }

    /** A code that another process has spent is refused too: what that one has stored of it goes before. */
    private void refuse(Status status, TokenAnswer.Error error) {
        Uni<Optional<StoredFlow>> spent = flows.store().shared() ? record.spent() : Uni.createFrom().item(Optional.empty());
        subscribe(spent.onItem().transformToUni(found -> {
            if (found.isPresent()) {
                watching = true;
                elsewhere(found.get());
                return Uni.createFrom().voidItem();
            }
            return flow.end(status, Optional.of(error.error()),
                    new PollResult.Refused(flows.refusal().ofPoll(error.meaning(), error.error())));
        }));
    }

    private void unexpected(Throwable problem) {
        if (problem instanceof AuthorizationStoreException) {
            LOG.warnf("A sign-in of %s can't go on, and is tried again: %s",
                    ConfigKeys.describe(record.flow().pending().client()), problem.getMessage());
            if (isGranted() && flows.store().handsOver()) {
                flow.notStored(flows.refusal().unexpected(problem));
                return;
            }
        }
        flow.failed(flows.refusal().unexpected(problem), Optional.empty());
    }

    private void subscribe(Uni<Void> work) {
        flows.underWay().count(work).subscribe().with(nothing -> {
        }, this::unexpected);
    }
}
