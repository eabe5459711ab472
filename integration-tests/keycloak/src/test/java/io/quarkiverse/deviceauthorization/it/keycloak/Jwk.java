package io.quarkiverse.deviceauthorization.it.keycloak;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON Web Keys (RFC 7517) as the JDK alone can write them, so that no library of the extension vouches for itself. */
final class Jwk {

    private static final int P256_BYTES = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Jwk() {
    }

    /** Returns the members of a public key, in the order that RFC 7638 has for thumbprints. */
    static Map<String, String> of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return new TreeMap<>(Map.of("kty", "RSA", "n", unsigned(rsa.getModulus()), "e", unsigned(rsa.getPublicExponent())));
        }
        ECPublicKey ec = (ECPublicKey) key;
        return new TreeMap<>(Map.of("kty", "EC", "crv", "P-256", "x", coordinate(ec.getW().getAffineX()),
                "y", coordinate(ec.getW().getAffineY())));
    }

    /** Returns the members of a public key that signatures are checked with. */
    static Map<String, String> forSignatures(X509Certificate certificate, String keyId, String algorithm) {
        Map<String, String> key = of(certificate.getPublicKey());
        key.putAll(Map.of("kid", keyId, "use", "sig", "alg", algorithm));
        return key;
    }

    /** Returns the private key of an elliptic curve, as a client has it in a file. */
    static String privateEc(X509Certificate certificate, PrivateKey key, String keyId) {
        Map<String, String> members = of(certificate.getPublicKey());
        members.putAll(Map.of("kid", keyId, "d", coordinate(((ECPrivateKey) key).getS())));
        return json(members);
    }

    /** Returns the SHA-256 thumbprint of RFC 7638. */
    static String thumbprint(PublicKey key) {
        return sha256(json(of(key)).getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return base64Url(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(BigInteger number) {
        return fixed(number, (number.bitLength() + 7) / 8);
    }

    private static String coordinate(BigInteger number) {
        return fixed(number, P256_BYTES);
    }

    private static String fixed(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[length];
        int copied = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - copied, bytes, length - copied, copied);
        return base64Url(bytes);
    }
}
