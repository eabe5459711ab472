package io.quarkiverse.deviceauthorization.devserver;

import java.util.List;
import java.util.Optional;

import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * A client.
 *
 * @param id its {@code client_id}
 * @param authentication how it authenticates
 * @param secret the secret of a client that has one
 * @param keys the public keys of a client that signs assertions with its private one
 * @param deviceGrant whether it may use the device authorization grant
 */
record Client(String id, Authentication authentication, Optional<String> secret, List<JsonWebKey> keys, boolean deviceGrant) {

    /** How a client authenticates (OpenID Connect Core 1.0 §9). */
    enum Authentication {
        /** Not at all: a public client. */
        NONE,
        /** {@code client_secret_basic}, {@code client_secret_post} or {@code client_secret_jwt}. */
        SECRET,
        /** {@code client_secret_jwt} only. */
        SECRET_JWT,
        /** {@code private_key_jwt}. */
        PRIVATE_KEY_JWT
    }

    static Client publicOne(String id) {
        return new Client(id, Authentication.NONE, Optional.empty(), List.of(), true);
    }

    static Client withSecret(String id, String secret, Authentication authentication) {
        return new Client(id, authentication, Optional.of(secret), List.of(), true);
    }

    /**
     * A client with keys.
     *
     * @param publicKeys a JWK or a JWKS
     * @throws IllegalArgumentException when these are no public keys
     */
    static Client withKeys(String id, String publicKeys) {
        List<JsonWebKey> keys = keys(publicKeys);
        boolean allPublic = keys.stream()
                .allMatch(key -> key instanceof PublicJsonWebKey pair && pair.getPrivateKey() == null);
        if (keys.isEmpty() || !allPublic) {
            throw new IllegalArgumentException("The client " + id + " needs public keys, and only those");
        }
        return new Client(id, Authentication.PRIVATE_KEY_JWT, Optional.empty(), keys, true);
    }

    private static List<JsonWebKey> keys(String publicKeys) {
        try {
            return JsonUtil.parseJson(publicKeys).containsKey("keys")
                    ? List.copyOf(new JsonWebKeySet(publicKeys).getJsonWebKeys())
                    : List.of(JsonWebKey.Factory.newJwk(publicKeys));
        } catch (JoseException malformed) { // its message may show the key
            throw new IllegalArgumentException("The keys of a client must be a JWK or a JWKS");
        }
    }

    Client withoutDeviceGrant() {
        return new Client(id, authentication, secret, keys, false);
    }

    boolean isPublic() {
        return authentication == Authentication.NONE;
    }

    @Override
    public String toString() {
        return id;
    }
}
