package io.quarkiverse.deviceauthorization.runtime.idtoken;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

import io.quarkiverse.deviceauthorization.Secret;

/** The signature of one ID token (OpenID Connect Core 1.0 §3.1.3.7, 6 to 8). */
final class IdTokenSignature {

    private static final AlgorithmConstraints BY_PRIVATE_KEY = new AlgorithmConstraints(ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA384, AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384, AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);
    private static final AlgorithmConstraints BY_SECRET = new AlgorithmConstraints(ConstraintType.PERMIT,
            AlgorithmIdentifiers.HMAC_SHA256, AlgorithmIdentifiers.HMAC_SHA384, AlgorithmIdentifiers.HMAC_SHA512);

    private final JsonWebSignature signature;

    private IdTokenSignature(JsonWebSignature signature) {
        this.signature = signature;
    }

    /** @return empty when it is no JWT, or is not signed */
    static Optional<IdTokenSignature> of(Secret idToken) {
        JsonWebSignature signature = new JsonWebSignature();
        try {
            signature.setCompactSerialization(idToken.value());
            String algorithm = signature.getAlgorithmHeaderValue();
            return algorithm == null || algorithm.equalsIgnoreCase(AlgorithmIdentifiers.NONE) ? Optional.empty()
                    : Optional.of(new IdTokenSignature(signature));
        } catch (JoseException | RuntimeException e) {
            return Optional.empty(); // a header that is none, as one with a number for a name; the cause quotes the token
        }
    }

    /** @return whether its algorithm is for a secret that both sides know */
    boolean takesSecret() {
        return signature.getAlgorithmHeaderValue().startsWith("HS");
    }

    boolean isBy(String secret) {
        signature.setAlgorithmConstraints(BY_SECRET);
        signature.setDoKeyValidation(false);
        signature.setKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
        return verified();
    }

    /** @return whether it is by one of these keys of the server */
    boolean isBy(List<JsonWebKey> keys) {
        signature.setAlgorithmConstraints(BY_PRIVATE_KEY);
        try {
            for (JsonWebKey key : new VerificationJwkSelector().selectList(signature, keys)) {
                signature.setKey(key.getKey());
                if (verified()) {
                    return true;
                }
            }
        } catch (JoseException | RuntimeException e) {
            return false; // an algorithm that is not allowed, or that no key is for, or a header that is none
        }
        return false;
    }

    private boolean verified() {
        try {
            return signature.verifySignature();
        } catch (JoseException | RuntimeException e) {
            return false;
        }
    }
}
