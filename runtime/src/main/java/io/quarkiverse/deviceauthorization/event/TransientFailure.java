package io.quarkiverse.deviceauthorization.event;

/**
 * The server could not be asked. The flow goes on.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 * @param failures how many times in a row
 * @param message what went wrong
 */
public record TransientFailure(String client, String owner, String id, int failures,
        String message) implements FlowEvent {
}
