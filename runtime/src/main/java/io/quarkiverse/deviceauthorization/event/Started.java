package io.quarkiverse.deviceauthorization.event;

import java.time.Instant;

/**
 * A flow was started: the server issued its codes.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 * @param expiresAt when its codes end
 */
public record Started(String client, String owner, String id, Instant expiresAt) implements FlowEvent {
}
