package io.quarkiverse.deviceauthorization.event;

/**
 * The person said no.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 */
public record Denied(String client, String owner, String id) implements FlowEvent {
}
