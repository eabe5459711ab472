package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One device authorization: from the request until its device code is redeemed, denied or expired. */
final class DeviceFlow {

    enum State {
        PENDING,
        APPROVED,
        DENIED,
        REDEEMED
    }

    /** RFC 8628 §3.5: the interval grows by this with every {@code slow_down}. */
    private static final Duration SLOW_DOWN_STEP = Duration.ofSeconds(5);

    /** The clocks and timers of two processes don't agree to the millisecond. */
    private static final Duration TIMER_TOLERANCE = Duration.ofMillis(20);

    final String deviceCode;
    final String userCode;
    final String clientId;
    final DeviceRequest request;

    private Instant expiresAt;
    private Duration interval;
    private Instant lastPoll;
    private int polls;
    private State state = State.PENDING;
    private User user;

    DeviceFlow(String deviceCode, String userCode, DeviceRequest request, Instant createdAt, Settings settings) {
        this.deviceCode = deviceCode;
        this.userCode = userCode;
        this.clientId = request.clientId();
        this.request = request;
        this.expiresAt = createdAt.plus(settings.codeLifespan());
        this.interval = settings.interval();
        this.lastPoll = createdAt;
    }

    synchronized State state() {
        return state;
    }

    synchronized Optional<User> user() {
        return Optional.ofNullable(user);
    }

    synchronized boolean expired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    synchronized boolean pending(Instant now) {
        return state == State.PENDING && !expired(now);
    }

    /** Whether this was the decision; a flow is decided once. */
    synchronized boolean approve(User by, Instant now) {
        if (!pending(now)) {
            return false;
        }
        state = State.APPROVED;
        user = by;
        return true;
    }

    /** Whether this was the decision; a flow is decided once. */
    synchronized boolean deny(Instant now) {
        if (!pending(now)) {
            return false;
        }
        state = State.DENIED;
        return true;
    }

    /** Whether it was pending until now. */
    synchronized boolean expire(Instant now) {
        if (!pending(now)) {
            return false;
        }
        expiresAt = now;
        return true;
    }

    /** Notes a token request, and whether it came before the interval was over. */
    synchronized Poll poll(Instant now) {
        boolean early = now.isBefore(lastPoll.plus(interval).minus(TIMER_TOLERANCE));
        Poll poll = new Poll(this, early, polls == 0, lastPoll);
        lastPoll = now;
        polls++;
        return poll;
    }

    /** The request was challenged and comes again at once (RFC 9449 §8): it was no poll. */
    synchronized void forget(Poll poll) {
        lastPoll = poll.previous();
        polls--;
    }

    synchronized void slowDown() {
        interval = interval.plus(SLOW_DOWN_STEP);
    }

    synchronized Duration interval() {
        return interval;
    }

    /** The grant, once: of two concurrent calls one gets nothing. */
    synchronized Optional<Grant> redeem() {
        if (state != State.APPROVED) {
            return Optional.empty();
        }
        state = State.REDEEMED;
        return Optional.of(new Grant(request, user, request.scopes(), request.keyThumbprint()));
    }

    /**
     * A token request for this flow.
     *
     * @param flow the flow
     * @param early it came before the interval was over
     * @param first it is the first one
     * @param previous when the one before it came, or when the flow started
     */
    record Poll(DeviceFlow flow, boolean early, boolean first, Instant previous) {
    }
}
