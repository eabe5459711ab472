package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.CredentialsConfig;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;

/** A text that a Quarkus credentials provider knows, such as a client secret. */
public final class ProvidedText {

    private final String client;
    private final CredentialsConfig.Provided config;
    private final Duration limit;
    private final String group;
    private final String instead;
    private final Function<String, CredentialsProvider> providers;

    /**
     * @param config which text it is
     * @param group the group of keys that {@code config} is in
     * @param instead the key that the text itself could be set by
     * @param providers finds a credentials provider by the name of its bean, or the only one by null
     */
    public ProvidedText(ClientSettings settings, CredentialsConfig.Provided config, String group, String instead,
            Function<String, CredentialsProvider> providers) {
        this.client = settings.name();
        this.config = config;
        this.limit = settings.config().readTimeout();
        this.group = group;
        this.instead = instead;
        this.providers = providers;
    }

    /** @return asks the provider; fails with a {@link ConfigurationException} that names the key to look at */
    public Uni<String> get() {
        String name = config.name().orElseThrow();
        return Uni.createFrom().deferred(() -> provider().getCredentialsAsync(name))
                .ifNoItem().after(limit).failWith(this::tooLate)
                .onItem().transform(found -> text(found, name));
    }

    /** A provider that hangs would hang the sign-in, also when its codes have ended. */
    private ConfigurationException tooLate() {
        return new ConfigurationException(ConfigKeys.key(client, group + ".provider.name")
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
        throw new ConfigurationException(ConfigKeys.key(client, group + ".provider.keyring-name")
                + config.keyringName().map(name -> ": there is no credentials provider '" + name + "'")
                        .orElse(" is missing, and there is no credentials provider, or more than one")
                + ". Add an extension or a bean that is one, or set " + ConfigKeys.key(client, instead), reason);
    }

    private String text(Map<String, String> found, String name) {
        String secret = found == null ? null : found.get(config.key());
        if (secret == null || secret.isEmpty()) {
            throw new ConfigurationException(ConfigKeys.key(client, group + ".provider.name")
                    + ": the credentials provider knows no '" + config.key() + "' by the name '" + name + "'. Check it, and "
                    + ConfigKeys.key(client, group + ".provider.key"));
        }
        return secret;
    }
}
