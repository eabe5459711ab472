package io.quarkiverse.deviceauthorization.event;

/**
 * The server ended the flow for another reason.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 * @param error its error code
 */
public record Failed(String client, String owner, String id, String error) implements FlowEvent {
}
