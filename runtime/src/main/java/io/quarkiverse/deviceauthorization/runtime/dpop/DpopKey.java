package io.quarkiverse.deviceauthorization.runtime.dpop;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.HashUtil;
import org.jose4j.lang.JoseException;

import io.quarkiverse.deviceauthorization.Secret;

/** The key that one sign-in is bound to, and the proofs of having it (RFC 9449). An elliptic curve key, P-256. */
public final class DpopKey {

    private final EllipticCurveJsonWebKey jwk;

    private DpopKey(EllipticCurveJsonWebKey jwk) {
        this.jwk = jwk;
    }

    public static DpopKey generate() {
        try {
            return new DpopKey(EcJwkGenerator.generateJwk(EllipticCurves.P256));
        } catch (JoseException e) {
            throw new IllegalStateException("This Java has no elliptic curve P-256, which DPoP needs", e);
        }
    }

    /**
     * @param secret the private key, a JWK, as {@link #secret()} returns it
     * @return the key
     * @throws IllegalArgumentException if it is no such key
     */
    public static DpopKey of(Secret secret) {
        try {
            if (JsonWebKey.Factory.newJwk(secret.value()) instanceof EllipticCurveJsonWebKey key
                    && key.getPrivateKey() != null) {
                return new DpopKey(key);
            }
        } catch (JoseException e) {
            // without the cause, which may quote the key
        }
        throw new IllegalArgumentException("The DPoP key is no private elliptic curve key in the format of RFC 7517");
    }

    /** @return the private key, a JWK */
    public Secret secret() {
        return Secret.of(jwk.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    }

    /**
     * A proof for one request: each has an identifier of its own, and is good for moments only (RFC 9449 §4.2).
     *
     * @param method the HTTP method
     * @param uri where the request goes
     * @param accessToken the access token that the request carries, if it carries one (§7)
     * @param nonce the server's last nonce, if it has sent one (§8)
     * @return the value of the {@code DPoP} header
     */
    public String proof(String method, URI uri, Optional<Secret> accessToken, Optional<String> nonce, InstantSource clock) {
        JwtClaims claims = new JwtClaims();
        claims.setGeneratedJwtId();
        claims.setStringClaim("htm", method);
        claims.setStringClaim("htu", withoutQuery(uri));
        claims.setIssuedAt(NumericDate.fromSeconds(clock.instant().getEpochSecond()));
        accessToken.ifPresent(token -> claims.setStringClaim("ath", hash(token)));
        nonce.ifPresent(value -> claims.setStringClaim("nonce", value));
        JsonWebSignature proof = new JsonWebSignature();
        proof.setHeader("typ", "dpop+jwt");
        proof.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        proof.setJwkHeader(jwk);
        proof.setPayload(claims.toJson());
        proof.setKey(jwk.getPrivateKey());
        try {
            return proof.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A DPoP proof could not be signed", e);
        }
    }

    private static String withoutQuery(URI uri) {
        return uri.toString().split("[?#]", 2)[0];
    }

    private static String hash(Secret token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(
                HashUtil.getMessageDigest(HashUtil.SHA_256).digest(token.value().getBytes(StandardCharsets.US_ASCII)));
    }
}
