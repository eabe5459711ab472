package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.smallrye.mutiny.Uni;

/**
 * Credentials that never change: none, or a secret that is sent (RFC 6749 §2.3.1). A client that authenticates by
 * header doesn't send its {@code client_id} in the form as well.
 */
final class FixedCredentials implements ClientAuthentication {

    private final Credentials credentials;

    FixedCredentials(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Also for a client that authenticates by the certificate of its connection (RFC 8705 §2). */
    static Credentials publicClient(String clientId) {
        return new Credentials(Map.of("client_id", clientId), Optional.empty(), List.of());
    }

    static Credentials post(String clientId, String secret) {
        return publicClient(clientId).with("client_secret", secret).hiding(secret);
    }

    /** Identifier and secret are form-urlencoded before they are joined. */
    static Credentials basic(String clientId, String secret) {
        String joined = encode(clientId) + ":" + encode(secret);
        String encoded = Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.US_ASCII));
        return new Credentials(Map.of(), Optional.of("Basic " + encoded), List.of()).hiding(secret).hiding(encoded);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Credentials> fixed() {
        return Optional.of(credentials);
    }

    @Override
    public Uni<Credentials> next(URI tokenEndpoint) {
        return Uni.createFrom().item(credentials);
    }
}
