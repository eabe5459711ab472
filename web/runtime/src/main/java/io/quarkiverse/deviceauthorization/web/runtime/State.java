package io.quarkiverse.deviceauthorization.web.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;

/** What a page shows. */
enum State {

    /** There is no sign-in, or it is long over. */
    NONE,
    /** The person has not decided yet. */
    WAITING,
    /** The same, and the server wants to be asked less often. */
    SLOWED_DOWN,
    /** The server can't be asked now. */
    CONNECTION_LOST,
    /** The person approved, and the tokens are stored. */
    APPROVED,
    /** The person said no. */
    DENIED,
    /** Nobody decided in time. */
    EXPIRED,
    /** Somebody pressed the button. */
    CANCELLED,
    /** The server ended it for another reason. */
    FAILED;

    /** What the last request, shortly before the codes end, may wait for longer than for its interval. */
    private static final Duration LAST_CALL = Duration.ofSeconds(2);

    boolean isPending() {
        return this == WAITING || this == SLOWED_DOWN || this == CONNECTION_LOST;
    }

    /** @return its name in texts, events and style sheets */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static State of(PollResult result, PendingAuthorization flow, Instant now) {
        if (result instanceof PollResult.Pending pending) {
            return of(pending, flow, now);
        }
        return result instanceof PollResult.Refused refused ? of(refused.cause()) : APPROVED;
    }

    private static State of(PollResult.Pending pending, PendingAuthorization flow, Instant now) {
        if (pending.failure().isPresent()) {
            return CONNECTION_LOST;
        }
        boolean longer = pending.retryAfter().compareTo(flow.interval()) > 0;
        return longer && now.plus(pending.retryAfter()).isBefore(flow.expiresAt().minus(LAST_CALL)) ? SLOWED_DOWN : WAITING;
    }

    private static State of(DeviceAuthorizationException end) {
        if (end instanceof AccessDeniedException) {
            return DENIED;
        } else if (end instanceof DeviceCodeExpiredException) {
            return EXPIRED;
        } else if (end instanceof AuthorizationCancelledException) {
            return CANCELLED;
        }
        return end instanceof AuthorizationRequiredException ? NONE : FAILED; // approved, and signed out since
    }
}
