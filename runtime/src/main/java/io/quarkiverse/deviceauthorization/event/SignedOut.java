package io.quarkiverse.deviceauthorization.event;

/**
 * The tokens were forgotten at the application's request.
 *
 * @param client the name of the client
 * @param owner the account holder
 */
public record SignedOut(String client, String owner) implements DeviceAuthorizationEvent {
}
