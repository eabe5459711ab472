package io.quarkiverse.deviceauthorization;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A device authorization that waits for a person (the device authorization response, RFC 8628 §3.2).
 * Show {@link #userCode()} and {@link #verificationUri()}, always both; keep {@link #deviceCode()} to yourself. Immutable.
 * <p>
 * It is no record only because of its size: an application may have a hundred thousand of them, and each would have a
 * {@link URI} of its own, which is several times as large as its text. So that text is what is kept, without what it begins
 * with.
 */
public final class PendingAuthorization {

    private final String client;
    private final String owner;
    private final String id;
    private final String userCode;
    private final URI verificationUri;
    /** What {@link #verificationUriComplete} has after {@link #verificationUri}, where it begins with that; or all; or null. */
    private final String complete;
    private final boolean completeBegins;
    private final long expiresAtSecond;
    private final int expiresAtNano;
    private final Duration interval;
    private final Secret deviceCode;
    private final Map<String, Object> parameters;

    /**
     * @param client the name of the client that asked for it
     * @param owner the account holder whose tokens it will bring
     * @param id our own identifier of this flow
     * @param userCode the code that the person enters
     * @param verificationUri where the person enters it
     * @param verificationUriComplete the same with the code included, if the server sent one
     * @param expiresAt when the codes end
     * @param interval the least time between two token requests
     * @param deviceCode the code of the device
     * @param parameters the members of the answer that RFC 8628 doesn't know, as JSON types
     */
    public PendingAuthorization(String client, String owner, String id, String userCode, URI verificationUri,
            Optional<URI> verificationUriComplete, Instant expiresAt, Duration interval, Secret deviceCode,
            Map<String, Object> parameters) {
        this.client = Objects.requireNonNull(client, "client");
        this.owner = Objects.requireNonNull(owner, "owner");
        this.id = Objects.requireNonNull(id, "id");
        this.userCode = Objects.requireNonNull(userCode, "userCode");
        this.verificationUri = Objects.requireNonNull(verificationUri, "verificationUri");
        String text = Objects.requireNonNull(verificationUriComplete, "verificationUriComplete").map(URI::toString)
                .orElse(null);
        this.completeBegins = text != null && text.startsWith(verificationUri.toString());
        this.complete = completeBegins ? text.substring(verificationUri.toString().length()) : text;
        this.expiresAtSecond = Objects.requireNonNull(expiresAt, "expiresAt").getEpochSecond();
        this.expiresAtNano = expiresAt.getNano();
        this.interval = Objects.requireNonNull(interval, "interval");
        this.deviceCode = Objects.requireNonNull(deviceCode, "deviceCode");
        this.parameters = Objects.requireNonNull(parameters, "parameters");
    }

    /** @return the name of the client that asked for it; {@link DeviceAuthorizationName#DEFAULT} for the default client */
    public String client() {
        return client;
    }

    /** @return the account holder whose tokens it will bring; see {@link DeviceAuthorization#forOwner(String)} */
    public String owner() {
        return owner;
    }

    /**
     * @return our own identifier of this flow, safe to show and to keep: {@link DeviceAuthorization#resume(String)} takes it
     */
    public String id() {
        return id;
    }

    /** @return the code that the person enters, exactly as the server sent it */
    public String userCode() {
        return userCode;
    }

    /** @return where the person enters it */
    public URI verificationUri() {
        return verificationUri;
    }

    /** @return the same with the code included, for a QR code or NFC, if the server sent one */
    public Optional<URI> verificationUriComplete() {
        return Optional.ofNullable(complete).map(text -> URI.create(completeBegins ? verificationUri + text : text));
    }

    /** @return when the codes end */
    public Instant expiresAt() {
        return Instant.ofEpochSecond(expiresAtSecond, expiresAtNano);
    }

    /** @return the least time between two token requests, as the server asked for at the start */
    public Duration interval() {
        return interval;
    }

    /** @return the code of the device, which polls with it; never to be shown */
    public Secret deviceCode() {
        return deviceCode;
    }

    /**
     * @return the members of the answer that RFC 8628 doesn't know, as JSON types; texts are cleaned of control characters
     */
    public Map<String, Object> parameters() {
        return parameters;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof PendingAuthorization that && client.equals(that.client)
                && owner.equals(that.owner) && id.equals(that.id) && userCode.equals(that.userCode)
                && verificationUri.equals(that.verificationUri)
                && verificationUriComplete().equals(that.verificationUriComplete())
                && expiresAtSecond == that.expiresAtSecond && expiresAtNano == that.expiresAtNano
                && interval.equals(that.interval) && deviceCode.equals(that.deviceCode) && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(client, owner, id, deviceCode);
    }

    /** Shows what a person may see, and nothing that a server made up. */
    @Override
    public String toString() {
        return "PendingAuthorization[client=" + client + ", owner=" + owner + ", id=" + id + ", userCode=" + userCode
                + ", verificationUri=" + verificationUri + ", expiresAt=" + expiresAt() + ", interval=" + interval + "]";
    }
}
