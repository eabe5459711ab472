package io.quarkiverse.deviceauthorization.web.runtime;

import java.util.Locale;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.TooManyPendingAuthorizationsException;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

/** Why a page can't do what it was asked for. */
enum Notice {

    /** Many sign-ins were started within a minute. */
    TOO_MANY(429),
    /** As many sign-ins are pending as may be. */
    BUSY(503),
    /** The authorization server or the store doesn't answer. */
    UNREACHABLE(503),
    /** The authorization server refuses this client, or it is not configured. */
    NOT_POSSIBLE(500),
    /** A form of another browser, of another site, or of long ago. */
    STALE(403),
    /** The application knows no owner for whoever asks. */
    NOBODY(403);

    private final int status;

    Notice(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** @return its name in texts */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Notice of(Throwable problem) {
        if (problem instanceof TooManyPendingAuthorizationsException) {
            return BUSY;
        }
        return problem instanceof AuthorizationServerException || problem instanceof AuthorizationStoreException ? UNREACHABLE
                : NOT_POSSIBLE;
    }
}
