package io.quarkiverse.deviceauthorization.event;

/**
 * The person approved, and the tokens are stored.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 */
public record Approved(String client, String owner, String id) implements FlowEvent {
}
