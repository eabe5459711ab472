package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.CredentialsConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * What says who the client is, signed (RFC 7523 §2.2, §3). Each is used once: servers refuse one that they have seen, and one
 * from the start of a flow would be too old at its end.
 */
final class Assertion {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final String client;
    private final String clientId;
    private final Optional<String> audience;
    private final Duration lifespan;
    private final InstantSource clock;

    Assertion(ClientSettings settings, InstantSource clock) {
        CredentialsConfig.Jwt config = settings.config().credentials().jwt();
        this.client = settings.name();
        this.clientId = settings.clientId();
        this.audience = config.audience();
        this.lifespan = config.lifespan();
        this.clock = clock;
    }

    Credentials signedBy(SigningKey key, URI tokenEndpoint) {
        String assertion = sign(key, claims(tokenEndpoint));
        return FixedCredentials.publicClient(clientId)
                .with("client_assertion_type", TYPE)
                .with("client_assertion", assertion)
                .hiding(assertion);
    }

    private JwtClaims claims(URI tokenEndpoint) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(clientId);
        claims.setSubject(clientId);
        claims.setAudience(audience.orElseGet(tokenEndpoint::toString));
        claims.setGeneratedJwtId();
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(lifespan).getEpochSecond()));
        return claims;
    }

    private String sign(SigningKey key, JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(key.algorithm());
        key.id().ifPresent(signature::setKeyIdHeaderValue);
        key.certificate().ifPresent(signature::setX509CertSha256ThumbprintHeaderValue);
        signature.setPayload(claims.toJson());
        signature.setKey(key.key());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new ConfigurationException(ConfigKeys.key(client, "credentials.jwt.signature-algorithm") + ": '"
                    + key.algorithm() + "' can't be used with this key (" + e.getMessage() + "). Choose one that fits it, or a"
                    + " longer key or secret");
        }
    }
}
