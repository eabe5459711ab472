package io.quarkiverse.deviceauthorization.event;

/**
 * The application cancelled the flow.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 */
public record Cancelled(String client, String owner, String id) implements FlowEvent {
}
