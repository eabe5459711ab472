package io.quarkiverse.deviceauthorization;

import java.time.Duration;
import java.util.Optional;

/** What is known of a flow after one token request (RFC 8628 §3.5). */
public sealed interface PollResult {

    /**
     * The person has not decided yet, or the server could not be asked. The flow goes on.
     *
     * @param retryAfter how long to wait before the next request; an earlier {@code poll} sends nothing
     * @param failure why the server could not be asked, if it could not: the flow survives it
     */
    record Pending(Duration retryAfter, Optional<DeviceAuthorizationException> failure) implements PollResult {
    }

    /**
     * The person approved. The tokens are stored.
     *
     * @param tokens what was granted
     */
    record Granted(Tokens tokens) implements PollResult {
    }

    /**
     * The flow is over without tokens: denied, expired, cancelled or refused by the server.
     *
     * @param cause why
     */
    record Refused(DeviceAuthorizationException cause) implements PollResult {
    }
}
