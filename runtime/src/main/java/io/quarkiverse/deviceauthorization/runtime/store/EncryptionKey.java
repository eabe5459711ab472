package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.spec.SecretKeySpec;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.lang.JoseException;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

/**
 * Encrypts text with AES-256-GCM, as a JWE in compact serialization (RFC 7516; {@code alg} is {@code dir}). Its {@code kid} is
 * made of the key, so that another key is told apart from a text that was damaged.
 */
public final class EncryptionKey {

    /** The key of the configuration that this key comes from, for messages. */
    static final String CONFIG = "tokens.encryption.key";

    private static final int LEAST_LENGTH = 32;
    private static final int KEY_ID_BYTES = 9;

    private final Key key;
    private final String id;

    /** @param key is copied, and zero afterwards */
    EncryptionKey(byte[] key) {
        try {
            this.key = new SecretKeySpec(key, "AES");
            this.id = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(sha256(sha256(key)), KEY_ID_BYTES));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * @param secret any text of at least 32 characters; the key is its SHA-256 digest
     * @throws IllegalArgumentException if it is shorter
     */
    static EncryptionKey of(String secret) {
        if (secret.length() < LEAST_LENGTH) {
            throw new IllegalArgumentException("The key to encrypt tokens with has " + secret.length() + " characters, and "
                    + LEAST_LENGTH + " are the least. Make one with: openssl rand -base64 32");
        }
        return of(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** @param secret in UTF-8; it is zero afterwards */
    static EncryptionKey of(byte[] secret) {
        try {
            return new EncryptionKey(sha256(secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    String encrypt(String text) {
        JsonWebEncryption jwe = jwe();
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        jwe.setKeyIdHeaderValue(id);
        jwe.setPlaintext(text);
        try {
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new AuthorizationStoreException("Tokens can't be encrypted: this Java has no AES-256-GCM", null);
        }
    }

    /**
     * @param client the name of the client whose configuration has the key
     * @param place where the text is, for messages
     * @throws BrokenContentException if the text was damaged
     * @throws AuthorizationStoreException if it was encrypted with another key
     */
    String decrypt(String encrypted, String client, String place) throws BrokenContentException {
        JsonWebEncryption jwe = jwe();
        try {
            jwe.setCompactSerialization(encrypted);
        } catch (JoseException e) {
            throw new BrokenContentException("its member jwe is no JWE, or cut off");
        }
        String encryptedBy = jwe.getKeyIdHeaderValue();
        try {
            if (id.equals(encryptedBy)) {
                return Wiping.text(jwe.getPlaintextBytes());
            }
        } catch (JoseException e) {
            throw new BrokenContentException("it was encrypted with this key, and changed since then");
        }
        throw new AuthorizationStoreException(place + " was encrypted with another key, and is left as it is. Set "
                + ConfigKeys.key(client, CONFIG) + " (or what " + ConfigKeys.key(client, "tokens.encryption.provider.name")
                + " knows) to that key, or move it away to sign in again", null);
    }

    private JsonWebEncryption jwe() {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT));
        jwe.setContentEncryptionAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM));
        jwe.setKey(key);
        return jwe;
    }

    /** Shows which key it is, and nothing of it. */
    @Override
    public String toString() {
        return "EncryptionKey[" + HeaderParameterNames.KEY_ID + "=" + id + "]";
    }
}
