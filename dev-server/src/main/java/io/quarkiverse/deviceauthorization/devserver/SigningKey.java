package io.quarkiverse.deviceauthorization.devserver;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** The RSA key of one server, generated beside its start so that nobody waits for it. */
final class SigningKey {

    private static final int BITS = 2048;

    private final CompletableFuture<RsaJsonWebKey> key;

    SigningKey(Codes codes, Executor executor) {
        key = CompletableFuture.supplyAsync(() -> generate(codes.opaque().substring(0, 12)), executor);
    }

    private static RsaJsonWebKey generate(String keyId) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(BITS);
            key.setKeyId(keyId);
            key.setUse("sig");
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException("The JDK can't generate an RSA key", e);
        }
    }

    /** The JWK as it is published (RFC 7517). */
    Map<String, Object> publicKey() {
        return key.join().toParams(OutputControlLevel.PUBLIC_ONLY);
    }

    /** An RS256 JWT of this type ({@code typ}). */
    String sign(String type, JwtClaims claims) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        jws.setHeader("typ", type);
        jws.setKeyIdHeaderValue(key.join().getKeyId());
        jws.setKey(key.join().getPrivateKey());
        jws.setPayload(claims.toJson());
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A token can't be signed", e);
        }
    }
}
