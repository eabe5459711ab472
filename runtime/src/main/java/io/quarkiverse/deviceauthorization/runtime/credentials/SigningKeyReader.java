package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.CredentialsConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;

/** Reads the client's private key from PEM, a JWK, or a key store. */
final class SigningKeyReader {

    private static final List<SignatureAlgorithm> KEY_TYPES = List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256,
            SignatureAlgorithm.EDDSA);

    private final String client;
    private final CredentialsConfig.Jwt config;

    SigningKeyReader(String client, CredentialsConfig.Jwt config) {
        this.client = client;
        this.config = config;
    }

    /** @throws ConfigurationException when there is no such key: says which key to look at, and shows nothing of it */
    SigningKey read() {
        if (config.keyStoreFile().isPresent()) {
            return fromKeyStore(Path.of(config.keyStoreFile().get()));
        }
        if (config.keyFile().isPresent()) {
            Path file = Path.of(config.keyFile().get());
            try {
                return fromText("key-file", Files.readString(file).strip());
            } catch (CharacterCodingException e) {
                throw problem("key-file",
                        "is no text. Write PEM, as openssl pkcs8 -inform DER -nocrypt -in key.der -out key.pem"
                                + " makes it of DER, or a JWK, or set credentials.jwt.key-store-file for a key store");
            } catch (IOException e) {
                throw problem("key-file", "can't be read (" + e + "). Check that the file is there, and who may read it");
            }
        }
        return fromText("key", config.key().orElseThrow().strip());
    }

    private SigningKey fromText(String member, String text) {
        return text.startsWith("{") ? fromJwk(member, text) : fromPem(member, text);
    }

    private SigningKey fromPem(String member, String text) {
        if (text.contains("BEGIN RSA PRIVATE KEY") || text.contains("BEGIN EC PRIVATE KEY")) {
            throw problem(member, "is not in the format PKCS #8. Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem"
                    + " -out pkcs8.pem");
        }
        if (text.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
            throw problem(member,
                    "is encrypted. Decrypt it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem, or put it into a key store"
                            + " with a password, and set credentials.jwt.key-store-file");
        }
        for (SignatureAlgorithm type : KEY_TYPES) {
            try {
                PrivateKey key = KeyUtils.decodePrivateKey(text, type);
                return new SigningKey(key, algorithm(key), config.keyId(), Optional.empty());
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // a key of another type
            }
        }
        throw problem(member, "is no private key. Write PEM that begins with -----BEGIN PRIVATE KEY-----, or a JWK");
    }

    private SigningKey fromJwk(String member, String text) {
        try {
            List<JsonWebKey> keys = text.contains("\"keys\"") ? new JsonWebKeySet(text).getJsonWebKeys()
                    : List.of(JsonWebKey.Factory.newJwk(text));
            for (JsonWebKey key : keys) {
                boolean wanted = keys.size() == 1 || config.keyId().filter(id -> id.equals(key.getKeyId())).isPresent();
                if (wanted && key instanceof PublicJsonWebKey pair && pair.getPrivateKey() != null) {
                    String algorithm = config.signatureAlgorithm().or(() -> Optional.ofNullable(key.getAlgorithm()))
                            .orElseGet(() -> algorithm(pair.getPrivateKey()));
                    return new SigningKey(pair.getPrivateKey(), algorithm,
                            config.keyId().or(() -> Optional.ofNullable(key.getKeyId())), Optional.empty());
                }
            }
        } catch (JoseException | ClassCastException e) {
            // without the cause, which may quote the key
            throw problem(member, "is no JWK (RFC 7517). Write a JSON object with kty and the members of a private key");
        }
        throw problem(member, "holds no private key" + config.keyId().map(id -> " with the id '" + id + "'").orElse("")
                + ". Set credentials.jwt.key-id to one of its keys");
    }

    private SigningKey fromKeyStore(Path file) {
        if (!Files.isRegularFile(file)) {
            throw problem("key-store-file",
                    "can't be read (there is no file " + file + "). Set it to the path of the key store");
        }
        char[] password = config.keyStorePassword().map(String::toCharArray).orElse(null);
        char[] keyPassword = config.keyPassword().map(String::toCharArray).orElse(password);
        try {
            KeyStore store = KeyStore.getInstance(file.toFile(), password);
            String alias = config.keyId().isPresent() ? config.keyId().get() : onlyKey(store);
            Key key = store.getKey(alias, keyPassword);
            if (key instanceof PrivateKey) {
                return new SigningKey(key, algorithm(key), config.keyId(),
                        Optional.ofNullable((X509Certificate) store.getCertificate(alias)));
            }
            throw problem("key-id", "'" + alias + "' is no private key in the key store. Set it to the alias of one");
        } catch (IOException e) {
            throw problem("key-store-file", "can't be read (" + e + "). Check that the file is there, who may read it, and "
                    + "credentials.jwt.key-store-password");
        } catch (GeneralSecurityException e) {
            throw problem("key-store-file", "can't be used (" + e + "). Check that it is PKCS #12 or JKS, "
                    + "credentials.jwt.key-store-password and credentials.jwt.key-password");
        } finally {
            wipe(password);
            wipe(keyPassword);
        }
    }

    private static void wipe(char[] password) {
        if (password != null) {
            Arrays.fill(password, '\0');
        }
    }

    private String onlyKey(KeyStore store) throws KeyStoreException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw problem("key-id", "is missing, and the key store has " + keys.size() + " keys. Set it to the alias of one");
        }
        return keys.get(0);
    }

    private String algorithm(Key key) {
        if (config.signatureAlgorithm().isPresent()) {
            return config.signatureAlgorithm().get();
        }
        if (key instanceof ECKey curve) {
            return switch (String.valueOf(EllipticCurves.getName(curve.getParams().getCurve()))) {
                case EllipticCurves.P_384 -> AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384;
                case EllipticCurves.P_521 -> AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512;
                default -> AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
            };
        }
        return key.getAlgorithm().startsWith("Ed") ? AlgorithmIdentifiers.EDDSA : AlgorithmIdentifiers.RSA_USING_SHA256;
    }

    private ConfigurationException problem(String member, String message) {
        return new ConfigurationException(ConfigKeys.key(client, "credentials.jwt." + member) + " " + message);
    }
}
