package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.HmacKey;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.smallrye.mutiny.Uni;

/** Assertions that the client secret signs ({@code client_secret_jwt}, OpenID Connect Core 1.0 §9): it is not sent itself. */
final class SecretAssertions implements ClientAuthentication {

    private final Assertion assertion;
    private final SigningKey key;
    private final String secret;

    SecretAssertions(ClientSettings settings, String secret, InstantSource clock) {
        this.assertion = new Assertion(settings, clock);
        this.secret = secret;
        this.key = new SigningKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)),
                settings.config().credentials().jwt().signatureAlgorithm().orElse(AlgorithmIdentifiers.HMAC_SHA256),
                Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<Credentials> fixed() {
        return Optional.empty();
    }

    @Override
    public Uni<Credentials> next(URI tokenEndpoint) {
        return Uni.createFrom().item(() -> assertion.signedBy(key, tokenEndpoint).hiding(secret));
    }
}
