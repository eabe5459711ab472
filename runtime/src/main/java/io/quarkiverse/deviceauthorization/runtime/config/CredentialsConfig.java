package io.quarkiverse.deviceauthorization.runtime.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How the client authenticates. */
@ConfigGroup
public interface CredentialsConfig {

    /** The client secret. It belongs in the environment or in a {@code .env} file, and not into a program that you hand out. */
    Optional<String> secret();

    /** How the secret is used. */
    @ConfigDocDefault("basic, unless the provider's preset knows better")
    Optional<@WithConverter(EnumConverters.OfMethod.class) ClientSecretMethod> method();

    /** An assertion that is signed by a private key of the client, in place of a secret ({@code private_key_jwt}). */
    Jwt jwt();

    /** A credentials provider that knows the secret, in place of {@code secret}. */
    Provided provider();

    /** A token that the device authorization request carries as {@code Authorization: Bearer}; few providers want one. */
    Optional<String> bearerToken();

    /** An assertion that is signed for each request (RFC 7523 §2.2). */
    @ConfigGroup
    interface Jwt {

        /** The private key itself: PEM (PKCS #8), a JWK, or a set of JWKs. */
        Optional<String> key();

        /** A file with the private key: PEM (PKCS #8), a JWK, or a set of JWKs. */
        Optional<String> keyFile();

        /** A key store with the private key, of a type that this Java knows, such as PKCS #12. */
        Optional<String> keyStoreFile();

        /** The password of the key store. */
        Optional<String> keyStorePassword();

        /** The password of the key in the key store. */
        @ConfigDocDefault("that of the key store")
        Optional<String> keyPassword();

        /**
         * Which key it is: the alias in a key store, the {@code kid} in a set of JWKs; and the {@code kid} of the assertion.
         */
        Optional<String> keyId();

        /** The algorithm of the signature, such as {@code PS256}. */
        @ConfigDocDefault("RS256, or what fits the elliptic curve of the key")
        Optional<String> signatureAlgorithm();

        /** Whom the assertion is for. Servers differ: some want their issuer here. */
        @ConfigDocDefault("the URL of the token endpoint")
        Optional<String> audience();

        /** How long an assertion is good for. */
        @WithDefault("10S")
        Duration lifespan();
    }

    /** A secret that a Quarkus credentials provider knows. */
    @ConfigGroup
    interface Provided {

        /** The name under which the credentials provider knows the secret. */
        Optional<String> name();

        /** Which of the credentials is the secret. */
        @WithDefault("password")
        String key();

        /** The name of the bean that is the credentials provider, where there is more than one. */
        Optional<String> keyringName();
    }
}
