package io.quarkiverse.deviceauthorization.event;

/**
 * The tokens were refreshed, and the new ones are stored.
 *
 * @param client the name of the client
 * @param owner the account holder
 */
public record Refreshed(String client, String owner) implements DeviceAuthorizationEvent {
}
