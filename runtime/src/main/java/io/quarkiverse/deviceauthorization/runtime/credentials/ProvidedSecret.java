package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;

/** A secret that a Quarkus credentials provider knows. It is asked for each request, since a secret may be replaced. */
final class ProvidedSecret implements ClientAuthentication {

    private final String client;
    private final ClientConfig.Provided config;
    private final Duration limit;
    private final Function<String, CredentialsProvider> providers;
    private final Function<String, ClientAuthentication> bySecret;

    ProvidedSecret(ClientSettings settings, Function<String, CredentialsProvider> providers,
            Function<String, ClientAuthentication> bySecret) {
        this.client = settings.name();
        this.config = settings.config().credentials().provider();
        this.limit = settings.config().readTimeout();
        this.providers = providers;
        this.bySecret = bySecret;
    }

    @Override
    public Optional<Credentials> fixed() {
        return Optional.empty();
    }

    @Override
    public Uni<Credentials> next(URI tokenEndpoint) {
        String name = config.name().orElseThrow();
        return Uni.createFrom().deferred(() -> provider().getCredentialsAsync(name))
                .ifNoItem().after(limit).failWith(this::tooLate)
                .onItem().transformToUni(found -> bySecret.apply(secret(found, name)).next(tokenEndpoint));
    }

    /** A provider that hangs would hang the sign-in, also when its codes have ended. */
    private ConfigurationException tooLate() {
        return new ConfigurationException(ConfigKeys.key(client, "credentials.provider.name")
                + ": the credentials provider took longer than " + ConfigKeys.key(client, "read-timeout")
                + " allows. Check that it is well");
    }

    private CredentialsProvider provider() {
        RuntimeException reason = null;
        try {
            CredentialsProvider provider = providers.apply(config.keyringName().orElse(null));
            if (provider != null) {
                return provider;
            }
        } catch (RuntimeException e) {
            reason = e; // Quarkus throws when there is none, or more than one
        }
        throw new ConfigurationException(ConfigKeys.key(client, "credentials.provider.keyring-name")
                + config.keyringName().map(name -> ": there is no credentials provider '" + name + "'")
                        .orElse(" is missing, and there is no credentials provider, or more than one")
                + ". Add an extension or a bean that is one, or set " + ConfigKeys.key(client, "credentials.secret"), reason);
    }

    private String secret(Map<String, String> found, String name) {
        String secret = found == null ? null : found.get(config.key());
        if (secret == null || secret.isEmpty()) {
            throw new ConfigurationException(ConfigKeys.key(client, "credentials.provider.name")
                    + ": the credentials provider knows no '" + config.key() + "' by the name '" + name + "'. Check it, and "
                    + ConfigKeys.key(client, "credentials.provider.key"));
        }
        return secret;
    }
}
