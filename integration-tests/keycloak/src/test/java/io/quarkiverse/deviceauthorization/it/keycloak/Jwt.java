package io.quarkiverse.deviceauthorization.it.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON Web Tokens as the JDK alone can sign them: client assertions (RFC 7523 §3) and DPoP proofs (RFC 9449 §4.2). */
final class Jwt {

    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final int LIFESPAN_SECONDS = 30;
    private static final PSSParameterSpec PS256 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private Jwt() {
    }

    /** Returns what a client signs with its private key to show who it is. */
    static String assertion(String clientId, String audience, String algorithm, PrivateKey key) {
        return signed(Map.of("alg", algorithm, "kid", clientId), assertionClaims(clientId, audience),
                content -> sign(algorithm, key, content));
    }

    /** Returns what a client signs with its private key without saying which of its keys that is. */
    static String assertionWithoutKeyId(String clientId, String audience, String algorithm, PrivateKey key) {
        return signed(Map.of("alg", algorithm), assertionClaims(clientId, audience), content -> sign(algorithm, key, content));
    }

    /** Returns what a client signs with its secret (HS256) to show who it is. */
    static String assertion(String clientId, String audience, String secret) {
        return signed(Map.of("alg", "HS256"), assertionClaims(clientId, audience), content -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(content);
        });
    }

    /** Returns a proof that the sender has a key, for one token request. */
    static String dpopProof(KeyPair key, String method, URI resource) {
        return dpopProof(key, method, resource, Map.of());
    }

    /** Returns a proof that the sender has the key of an access token, for one request to a resource. */
    static String dpopProof(KeyPair key, String method, URI resource, String accessToken) {
        return dpopProof(key, method, resource, Map.of("ath", Jwk.sha256(accessToken.getBytes(StandardCharsets.US_ASCII))));
    }

    /** Returns the claims of a token, unchecked. */
    static JsonNode claims(String token) {
        try {
            return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("Not a token", e);
        }
    }

    private static String dpopProof(KeyPair key, String method, URI resource, Map<String, Object> more) {
        Map<String, Object> claims = new TreeMap<>(more);
        claims.putAll(Map.of("jti", UUID.randomUUID().toString(), "htm", method, "htu", resource.toString(),
                "iat", Instant.now().getEpochSecond()));
        return signed(Map.of("typ", "dpop+jwt", "alg", "ES256", "jwk", Jwk.of(key.getPublic())), claims,
                content -> sign("ES256", key.getPrivate(), content));
    }

    private static Map<String, Object> assertionClaims(String clientId, String audience) {
        long now = Instant.now().getEpochSecond();
        return Map.of("iss", clientId, "sub", clientId, "aud", audience, "jti", UUID.randomUUID().toString(),
                "iat", now, "exp", now + LIFESPAN_SECONDS);
    }

    private static String signed(Map<String, Object> header, Map<String, Object> claims, Signer signer) {
        String content = part(header) + "." + part(claims);
        try {
            return content + "." + Jwk.base64Url(signer.sign(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The token can't be signed", e);
        }
    }

    private static String part(Map<String, Object> members) {
        return Jwk.base64Url(Jwk.json(members).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sign(String algorithm, PrivateKey key, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(switch (algorithm) {
            case "RS256" -> "SHA256withRSA";
            case "PS256" -> "RSASSA-PSS";
            case "ES256" -> "SHA256withECDSAinP1363Format";
            default -> throw new IllegalArgumentException("No signature algorithm of these tests: " + algorithm);
        });
        if (algorithm.equals("PS256")) {
            signature.setParameter(PS256);
        }
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    @FunctionalInterface
    private interface Signer {

        byte[] sign(byte[] content) throws GeneralSecurityException;
    }
}
