package io.quarkiverse.deviceauthorization.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** What happens to tokens. */
@ConfigGroup
public interface TokensConfig {

    /** How long before its end an access token is refreshed. */
    @WithDefault("30S")
    Duration refreshSkew();

    /** Where flows and tokens are kept: in this process, or in files that outlive it. */
    @ConfigDocDefault("a bean of type AuthorizationStore, if there is one, or else memory")
    Optional<@WithConverter(EnumConverters.OfStore.class) StoreKind> store();

    /** Files. */
    Files file();

    /** Memory. */
    Memory memory();

    /** Encryption of what is stored outside of this process, by AES-256-GCM. */
    Encryption encryption();

    /** Flows and tokens in files. */
    @ConfigGroup
    interface Files {

        /** The directory that the files are kept in. It is made when it is first needed. */
        @ConfigDocDefault("the user's configuration directory for the application: ~/.config/<quarkus.application.name>,"
                + " or what the platform has in its place")
        Optional<Path> directory();
    }

    /** Flows and tokens in memory. */
    @ConfigGroup
    interface Memory {

        /**
         * How many owners may have tokens. With one more, the one whose tokens were not used for the longest time has to sign
         * in again.
         */
        @ConfigDocDefault("as many as there are")
        OptionalInt maxOwners();

        /** After which time without use an owner's tokens are forgotten. */
        @ConfigDocDefault("never")
        Optional<Duration> idleTimeout();
    }

    /** Encryption of what is stored. */
    @ConfigGroup
    interface Encryption {

        /** The secret that the key is made of: at least 32 characters. Without it, nothing is encrypted. */
        Optional<String> key();

        /** A credentials provider that knows the secret, in place of {@code key}. */
        CredentialsConfig.Provided provider();

        /**
         * Reads also what is not encrypted although there is a key: for as long as it takes until everything that was stored
         * before there was one has been written again. Whoever can write where it is stored can put tokens of their own there
         * meanwhile.
         */
        @WithDefault("false")
        boolean acceptPlain();
    }
}
