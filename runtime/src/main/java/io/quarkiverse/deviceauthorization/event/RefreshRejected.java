package io.quarkiverse.deviceauthorization.event;

/**
 * The server refused the refresh token for good. A person has to sign in again.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param error its error code
 */
public record RefreshRejected(String client, String owner, String error) implements DeviceAuthorizationEvent {
}
