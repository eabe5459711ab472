package io.quarkiverse.deviceauthorization.event;

import java.time.Duration;

/**
 * The server asked to be polled less often (RFC 8628 §3.5).
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 * @param interval the least time between two requests from now on
 */
public record SlowedDown(String client, String owner, String id, Duration interval) implements FlowEvent {
}
