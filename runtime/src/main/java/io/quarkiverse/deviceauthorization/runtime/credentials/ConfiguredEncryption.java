package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.TokensConfig;
import io.quarkiverse.deviceauthorization.runtime.store.Encryption;
import io.quarkus.credentials.CredentialsProvider;

/** The encryption that {@code tokens.encryption.*} asks for, the same for every store that outlives a process. */
public final class ConfiguredEncryption {

    private ConfiguredEncryption() {
    }

    /**
     * @param settings the client
     * @param providers finds a credentials provider by the name of its bean, or the only one by null
     * @return the encryption of what is stored for the client, if it is wanted
     */
    public static Optional<Encryption> of(ClientSettings settings, Function<String, CredentialsProvider> providers) {
        TokensConfig.Encryption encryption = settings.config().tokens().encryption();
        Optional<Encryption> wanted = of(settings, encryption, providers);
        return encryption.acceptPlain() ? wanted.map(Encryption::acceptingPlain) : wanted;
    }

    private static Optional<Encryption> of(ClientSettings settings, TokensConfig.Encryption encryption,
            Function<String, CredentialsProvider> providers) {
        if (encryption.provider().name().isPresent()) {
            ProvidedText key = new ProvidedText(settings, encryption.provider(), "tokens.encryption", "tokens.encryption.key",
                    providers);
            return Optional.of(Encryption.withKeyFrom(key::get));
        }
        return encryption.key().map(Encryption::withKey);
    }
}
