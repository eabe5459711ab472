package io.quarkiverse.deviceauthorization.event;

/**
 * The server could not be asked too many times in a row, and is not asked any more. The flow has not ended: it can be
 * awaited or followed again until its codes end.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 * @param message what went wrong last
 */
public record GaveUp(String client, String owner, String id, String message) implements FlowEvent {
}
