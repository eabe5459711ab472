package io.quarkiverse.deviceauthorization.event;

/**
 * Nobody decided in time.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 */
public record Expired(String client, String owner, String id) implements FlowEvent {
}
