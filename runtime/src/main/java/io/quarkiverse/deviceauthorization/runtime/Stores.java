package io.quarkiverse.deviceauthorization.runtime;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.StoreKind;
import io.quarkiverse.deviceauthorization.runtime.config.TokensConfig;
import io.quarkiverse.deviceauthorization.runtime.credentials.ConfiguredEncryption;
import io.quarkiverse.deviceauthorization.runtime.store.ConfigurationDirectory;
import io.quarkiverse.deviceauthorization.runtime.store.FileAuthorizationStore;
import io.quarkiverse.deviceauthorization.runtime.store.MemoryAuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkus.credentials.CredentialsProvider;

/** Chooses the store of each client: what the configuration says, else a bean of the application, else memory. */
final class Stores {

    private final Optional<AuthorizationStore> bean;
    private final Supplier<String> application;
    private final Function<String, CredentialsProvider> credentials;

    /** @param application tells the name of the application, which only a directory of files needs */
    Stores(Optional<AuthorizationStore> bean, Supplier<String> application, Function<String, CredentialsProvider> credentials) {
        this.bean = bean;
        this.application = application;
        this.credentials = credentials;
    }

    AuthorizationStore of(ClientSettings settings) {
        TokensConfig tokens = settings.config().tokens();
        Optional<StoreKind> kind = tokens.store();
        if (kind.isEmpty() && bean.isPresent()) {
            return bean.get();
        }
        return switch (kind.orElse(StoreKind.MEMORY)) {
            case MEMORY -> new MemoryAuthorizationStore(Clock.systemUTC(), tokens.memory().maxOwners(),
                    tokens.memory().idleTimeout());
            case FILE -> new FileAuthorizationStore(tokens.file().directory().orElseGet(() -> directory(settings.name())),
                    ConfiguredEncryption.of(settings, credentials), Clock.systemUTC());
        };
    }

    /** @return whether the client's store hands over the flows that other processes leave */
    boolean handsOver(ClientConfig config) {
        return config.tokens().store().isEmpty() && bean.filter(AuthorizationStore::handsOver).isPresent();
    }

    private Path directory(String client) {
        return ConfigurationDirectory.of(application.get(), System::getenv, System::getProperty,
                ConfigKeys.key(client, "tokens.file.directory"));
    }
}
