package io.quarkiverse.deviceauthorization;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A device authorization that waits for a person (the device authorization response, RFC 8628 §3.2).
 * Show {@link #userCode()} and {@link #verificationUri()}, always both; keep {@link #deviceCode()} to yourself.
 *
 * @param client the name of the client that asked for it; {@link DeviceAuthorizationName#DEFAULT} for the default client
 * @param owner the account holder whose tokens it will bring; see {@link DeviceAuthorization#forOwner(String)}
 * @param id our own identifier of this flow, safe to show and to keep: {@link DeviceAuthorization#resume(String)} takes it
 * @param userCode the code that the person enters, exactly as the server sent it
 * @param verificationUri where the person enters it
 * @param verificationUriComplete the same with the code included, for a QR code or NFC, if the server sent one
 * @param expiresAt when the codes end
 * @param interval the least time between two token requests, as the server asked for at the start
 * @param deviceCode the code of the device, which polls with it; never to be shown
 * @param parameters the members of the answer that RFC 8628 doesn't know, as JSON types; texts are cleaned of control
 *        characters
 */
public record PendingAuthorization(String client, String owner, String id, String userCode, URI verificationUri,
        Optional<URI> verificationUriComplete, Instant expiresAt, Duration interval, Secret deviceCode,
        Map<String, Object> parameters) {

    public PendingAuthorization {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userCode, "userCode");
        Objects.requireNonNull(verificationUri, "verificationUri");
        Objects.requireNonNull(verificationUriComplete, "verificationUriComplete");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(deviceCode, "deviceCode");
        Objects.requireNonNull(parameters, "parameters");
    }

    /** Shows what a person may see, and nothing that a server made up. */
    @Override
    public String toString() {
        return "PendingAuthorization[client=" + client + ", owner=" + owner + ", id=" + id + ", userCode=" + userCode
                + ", verificationUri=" + verificationUri + ", expiresAt=" + expiresAt + ", interval=" + interval + "]";
    }
}
