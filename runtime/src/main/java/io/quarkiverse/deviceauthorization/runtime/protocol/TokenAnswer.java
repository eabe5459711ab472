package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.Tokens;

/** What came of a token request: values, since most polls are answered "not yet" and exceptions are dear. */
public sealed interface TokenAnswer {

    /** What an error response means for a flow (RFC 8628 §3.5), whatever the provider calls it. */
    enum Meaning {
        PENDING,
        SLOW_DOWN,
        DENIED,
        EXPIRED,
        REFUSED
    }

    /** @param tokens what was granted */
    record Granted(Tokens tokens) implements TokenAnswer {
    }

    /**
     * An OAuth error response.
     *
     * @param meaning what it means
     * @param error as the server sent it
     * @param interval the new interval, if the answer names one (GitHub)
     * @param retryAfter how long the server wants to be left alone this time, if it says so
     */
    @SuppressWarnings("JavaLangClash") // it is named with its type wherever it is used
    record Error(Meaning meaning, OAuthError error, Optional<Duration> interval, Optional<Duration> retryAfter)
            implements
                TokenAnswer {
    }

    /**
     * No OAuth answer: no connection, a time-out, a 5xx, a page of a gateway.
     *
     * @param failure what happened
     * @param retryAfter how long the server wants to be left alone, if it says so
     */
    record Unavailable(AuthorizationServerException failure, Optional<Duration> retryAfter) implements TokenAnswer {
    }
}
