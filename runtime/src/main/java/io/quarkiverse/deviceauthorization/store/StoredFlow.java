package io.quarkiverse.deviceauthorization.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;

/**
 * A flow as a store keeps it, so that any thread, process or node can go on with it.
 *
 * @param pending what the server issued; holds the device code
 * @param request what was asked for
 * @param binding what ties it to the one who started it; holds a private key
 * @param interval the least time between two requests now: that of the beginning, longer after each {@code slow_down}
 * @param nextRequest before when nobody sends a request, but for the one who has just written this
 * @param followed whether some process has to go on with it, although nobody may wait for it
 * @param granted what was granted, as long as nobody knows whether its ID token is right: not to be handed out
 * @param status how far it is
 * @param error the server's answer that ended it, if one did
 * @param version above zero once it is stored, another one for each replacement
 */
public record StoredFlow(PendingAuthorization pending, AuthorizationRequest request, FlowBinding binding, Duration interval,
        Instant nextRequest, boolean followed, Optional<Tokens> granted, Status status, Optional<OAuthError> error,
        long version) {

    /** How far a flow is. */
    public enum Status {
        /** The person has not decided yet. */
        PENDING,
        /** The tokens are stored. */
        APPROVED,
        /** The person said no. */
        DENIED,
        /** Nobody decided in time. */
        EXPIRED,
        /** The application cancelled it. */
        CANCELLED,
        /** The server ended it for another reason. */
        FAILED
    }

    public StoredFlow {
        Objects.requireNonNull(pending, "pending");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(binding, "binding");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(nextRequest, "nextRequest");
        Objects.requireNonNull(granted, "granted");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(error, "error");
    }

    /**
     * @param pending what the server issued
     * @param request what was asked for
     * @param binding what ties it to the one who started it
     * @param now the time
     * @return the flow at its beginning
     */
    public static StoredFlow started(PendingAuthorization pending, AuthorizationRequest request, FlowBinding binding,
            Instant now) {
        return new StoredFlow(pending, request, binding, pending.interval(), now.plus(pending.interval()), false,
                Optional.empty(), Status.PENDING, Optional.empty(), 0);
    }

    /**
     * @param until how long the server is left alone by everybody else
     * @return the same flow, which is somebody's turn to ask about
     */
    public StoredFlow claimed(Instant until) {
        return new StoredFlow(pending, request, binding, interval, until, followed, granted, status, error, version);
    }

    /**
     * @param until how long the server wants to be left alone by everybody
     * @return the same flow, claimed for as long at least
     */
    public StoredFlow leftAlone(Instant until) {
        return until.isAfter(nextRequest) ? claimed(until) : this;
    }

    /**
     * @param yes whether some process has to go on with it
     * @return the same flow, followed or not
     */
    public StoredFlow followed(boolean yes) {
        return new StoredFlow(pending, request, binding, interval, nextRequest, yes, granted, status, error, version);
    }

    /**
     * @param longer the interval from now on
     * @return the same flow, polled less often
     */
    public StoredFlow slowedDown(Duration longer) {
        return new StoredFlow(pending, request, binding, longer, nextRequest, followed, granted, status, error, version);
    }

    /**
     * @param tokens what was granted
     * @return the same flow, approved: its ID token is still to be checked, and the tokens to be stored
     */
    public StoredFlow granted(Tokens tokens) {
        return new StoredFlow(pending, request, binding, interval, nextRequest, followed, Optional.of(tokens), Status.PENDING,
                Optional.empty(), version);
    }

    /**
     * @param end how it ended
     * @param answer the server's answer that ended it, if one did
     * @return the same flow, ended
     */
    public StoredFlow ended(Status end, Optional<OAuthError> answer) {
        return new StoredFlow(pending, request, binding, interval, nextRequest, followed, Optional.empty(), end, answer,
                version);
    }

    /**
     * @param replacing the version that it replaces
     * @return the same flow, as the next version
     */
    public StoredFlow replacing(long replacing) {
        return new StoredFlow(pending, request, binding, interval, nextRequest, followed, granted, status, error,
                replacing + 1);
    }
}
