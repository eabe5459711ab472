package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One client as it is used: what is configured, and what the provider's preset fills in.
 *
 * @param name the name of the client
 * @param config what is configured
 * @param authServerUrl the URL of the authorization server, if one is known
 * @param discovery whether endpoints come from metadata
 * @param deviceAuthorizationEndpoint the configured endpoint, absolute
 * @param tokenEndpoint the configured endpoint, absolute
 * @param revocationEndpoint the configured endpoint, absolute
 * @param scopes the scopes to ask for
 * @param audience the audience to ask for
 */
public record ClientSettings(String name, ClientConfig config, Optional<URI> authServerUrl, boolean discovery,
        Optional<URI> deviceAuthorizationEndpoint, Optional<URI> tokenEndpoint, Optional<URI> revocationEndpoint,
        List<String> scopes, Optional<String> audience) {

    /**
     * @param name the name of the client
     * @param config its configuration, which has passed the checks
     * @return the settings
     */
    public static ClientSettings of(String name, ClientConfig config) {
        Optional<Provider> provider = config.provider();
        Optional<URI> server = config.authServerUrl().or(() -> provider.map(Provider::authServerUrl));
        Optional<String> device = config.deviceAuthorizationPath().or(() -> provider.map(Provider::deviceAuthorizationPath));
        Optional<String> token = config.tokenPath().or(() -> provider.map(Provider::tokenPath));
        Optional<String> revoke = config.revokePath().or(() -> provider.map(Provider::revokePath));
        return new ClientSettings(name, config, server,
                config.discoveryEnabled().orElse(device.isEmpty() || token.isEmpty()),
                device.map(path -> resolve(server, path)),
                token.map(path -> resolve(server, path)),
                revoke.map(path -> resolve(server, path)),
                config.scopes().orElseGet(() -> provider.map(Provider::scopes).orElse(List.of())),
                config.audience().or(() -> provider.flatMap(Provider::audience)));
    }

    /** @return the client id; present once the client is active */
    public String clientId() {
        return config.clientId().orElseThrow();
    }

    static URI resolve(Optional<URI> server, String written) {
        String path = written.strip();
        if (isAbsolute(path)) {
            return URI.create(path);
        }
        String base = server.orElseThrow().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + (path.startsWith("/") ? path : "/" + path));
    }

    static boolean isAbsolute(String path) {
        return path.contains("://");
    }
}
