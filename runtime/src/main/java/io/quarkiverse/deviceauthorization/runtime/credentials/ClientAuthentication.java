package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSecretMethod;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.CredentialsConfig;
import io.quarkus.credentials.CredentialsProvider;
import io.smallrye.mutiny.Uni;

/** How the client says who it is, alike on every request (RFC 8628 §3.1, §3.4). */
public interface ClientAuthentication {

    /** @return the credentials, if they are the same in every request */
    Optional<Credentials> fixed();

    /**
     * @param tokenEndpoint the token endpoint, which assertions are for unless the configuration says otherwise
     * @return the credentials of one request
     */
    Uni<Credentials> next(URI tokenEndpoint);

    /**
     * @param providers finds a credentials provider by the name of its bean, or the only one by null
     * @return the way that is configured
     */
    static ClientAuthentication of(ClientSettings settings, Function<String, CredentialsProvider> providers,
            InstantSource clock) {
        CredentialsConfig config = settings.config().credentials();
        if (settings.hasPrivateKey()) {
            return new PrivateKeyAssertions(settings, clock);
        }
        Function<String, ClientAuthentication> bySecret = secret -> settings.secretMethod() == ClientSecretMethod.POST_JWT
                ? new SecretAssertions(settings, secret, clock)
                : new FixedCredentials(settings.secretMethod() == ClientSecretMethod.POST
                        ? FixedCredentials.post(settings.clientId(), secret)
                        : FixedCredentials.basic(settings.clientId(), secret));
        if (config.provider().name().isPresent()) {
            return new ProvidedSecret(
                    new ProvidedText(settings, config.provider(), "credentials", "credentials.secret", providers), bySecret);
        }
        return config.secret().map(bySecret)
                .orElseGet(() -> new FixedCredentials(FixedCredentials.publicClient(settings.clientId())));
    }
}
