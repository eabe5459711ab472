package io.quarkiverse.deviceauthorization.store;

import java.time.Duration;
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
 * @param granted what was granted, as long as nobody knows whether its ID token is right: not to be handed out
 * @param status how far it is
 * @param error the server's answer that ended it, if one did
 */
public record StoredFlow(PendingAuthorization pending, AuthorizationRequest request, FlowBinding binding, Duration interval,
        Optional<Tokens> granted, Status status, Optional<OAuthError> error) {

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
        Objects.requireNonNull(granted, "granted");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(error, "error");
    }

    /**
     * @param pending what the server issued
     * @param request what was asked for
     * @param binding what ties it to the one who started it
     * @return the flow at its beginning
     */
    public static StoredFlow started(PendingAuthorization pending, AuthorizationRequest request, FlowBinding binding) {
        return new StoredFlow(pending, request, binding, pending.interval(), Optional.empty(), Status.PENDING,
                Optional.empty());
    }

    /**
     * @param longer the interval from now on
     * @return the same flow, polled less often
     */
    public StoredFlow slowedDown(Duration longer) {
        return new StoredFlow(pending, request, binding, longer, granted, status, error);
    }

    /**
     * @param tokens what was granted
     * @return the same flow, approved, whose ID token is still to be checked
     */
    public StoredFlow granted(Tokens tokens) {
        return new StoredFlow(pending, request, binding, interval, Optional.of(tokens), status, error);
    }

    /**
     * @param end how it ended
     * @param answer the server's answer that ended it, if one did
     * @return the same flow, ended
     */
    public StoredFlow ended(Status end, Optional<OAuthError> answer) {
        return new StoredFlow(pending, request, binding, interval, Optional.empty(), end, answer);
    }
}
