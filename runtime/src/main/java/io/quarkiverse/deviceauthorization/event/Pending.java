package io.quarkiverse.deviceauthorization.event;

/**
 * The server was asked, and the person has not decided yet.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 */
public record Pending(String client, String owner, String id) implements FlowEvent {
}
