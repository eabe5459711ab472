package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.provider.ApplicationAdapter;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/**
 * One client as it is used: what is configured, and what the provider's preset fills in.
 *
 * @param name the name of the client
 * @param config what is configured
 * @param authServerUrl the URL of the authorization server, if one is known
 * @param discovery whether endpoints come from metadata
 * @param endpoints the configured endpoints, absolute
 * @param trustedHosts where discovered endpoints may be, besides the host of the server, as {@code discovery-allowed-hosts}
 *        names hosts
 * @param scopes the scopes to ask for
 * @param audience the audience to ask for
 * @param parameters further form parameters of the device authorization request, as configured
 * @param secretMethod how a secret is used
 * @param issuer what ID tokens name as their issuer, if that is known without metadata
 * @param adapter how the provider differs from the standards
 */
public record ClientSettings(String name, ClientConfig config, Optional<URI> authServerUrl, boolean discovery,
        Map<Endpoint, URI> endpoints, List<String> trustedHosts, List<String> scopes, Optional<String> audience,
        Map<String, String> parameters, ClientSecretMethod secretMethod, Optional<String> issuer, ProviderAdapter adapter) {

    /**
     * @param name the name of the client
     * @param config its configuration, which has passed the checks
     * @return the settings
     */
    public static ClientSettings of(String name, ClientConfig config) {
        Preset preset = preset(config);
        String server = server(config, preset);
        Map<Endpoint, URI> endpoints = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            Optional<String> written = configured(config, endpoint);
            Optional<String> known = preset.path(endpoint);
            if (written.isPresent()) {
                endpoints.put(endpoint, resolve(server, written.get()));
            } else if (known.isPresent() && !config.discoveryEnabled().orElse(false)
                    && (!isAbsolute(known.get()) || preset.isServerOf(config.authServerUrl()))) {
                endpoints.put(endpoint, resolve(server == null ? null : preset.base(server), known.get()));
            }
        }
        Optional<String> issuer = config.idToken().issuer();
        return new ClientSettings(name, config, server == null ? Optional.empty() : Optional.of(URI.create(server)),
                config.discoveryEnabled().orElse(!endpoints.containsKey(Endpoint.DEVICE_AUTHORIZATION)
                        || !endpoints.containsKey(Endpoint.TOKEN)),
                endpoints, trustedHosts(config, preset), config.scopes().orElse(preset.scopes()),
                config.audience().isPresent() ? config.audience() : preset.audience(), config.extraParams(),
                config.credentials().method()
                        .orElse(preset.secretInForm() ? ClientSecretMethod.POST : ClientSecretMethod.BASIC),
                issuer.isPresent() || server == null ? issuer : preset.issuer(server),
                preset.adapter());
    }

    /** @return the same with an adapter of the application */
    public ClientSettings with(ProviderAdapter other) {
        return new ClientSettings(name, config, authServerUrl, discovery, endpoints, trustedHosts, scopes, audience, parameters,
                secretMethod, issuer, new ApplicationAdapter(ConfigKeys.describe(name), other));
    }

    private static Preset preset(ClientConfig config) {
        return config.provider().isPresent() ? config.provider().get().preset() : Preset.none();
    }

    /** @return the URL of the server, or null where none is known */
    private static String server(ClientConfig config, Preset preset) {
        return config.authServerUrl().isPresent() ? config.authServerUrl().get().toString()
                : preset.authServerUrl().orElse(null);
    }

    /** Where the provider has endpoints is known, whether they are used or discovered. */
    private static List<String> trustedHosts(ClientConfig config, Preset preset) {
        List<String> hosts = new ArrayList<>(config.discoveryAllowedHosts().orElse(List.of()));
        for (Endpoint endpoint : Endpoint.values()) {
            Optional<String> known = preset.path(endpoint);
            if (known.isPresent() && isAbsolute(known.get()) && preset.isServerOf(config.authServerUrl())) {
                hosts.add(URI.create(known.get()).getHost());
            }
        }
        return List.copyOf(hosts);
    }

    private static Optional<String> configured(ClientConfig config, Endpoint endpoint) {
        return switch (endpoint) {
            case DEVICE_AUTHORIZATION -> config.deviceAuthorizationPath();
            case TOKEN -> config.tokenPath();
            case REVOCATION -> config.revokePath();
            case USER_INFO -> config.userInfoPath();
            case JWKS -> config.jwksPath();
        };
    }

    /** @return the configured endpoint, absolute */
    public Optional<URI> endpoint(Endpoint endpoint) {
        return Optional.ofNullable(endpoints.get(endpoint));
    }

    /** @return the client id; present once the client is active */
    public String clientId() {
        return config.clientId().orElseThrow();
    }

    /** @return which client this is, and at which server, as flows and tokens remember it */
    public String registration() {
        return clientId() + " at " + authServerUrl.or(() -> endpoint(Endpoint.TOKEN)).map(URI::toString).orElse("")
                .replaceAll("/$", "");
    }

    /** @return what to do about an error of the provider, if it is known for it */
    public Optional<String> cure(Kind kind, OAuthError error) {
        return adapter.cure(kind, error).or(() -> preset(config).cure(kind, error)).or(() -> credentialsCure(error));
    }

    /** What to check depends on how the client says who it is; of a secret, every refusal speaks by itself. */
    private Optional<String> credentialsCure(OAuthError error) {
        boolean credentials = error.code().equals("invalid_client")
                || error.code().equals("unauthorized_client") && error.status() == 401;
        if (!credentials || config.credentials().secret().isPresent() || config.credentials().provider().name().isPresent()) {
            return Optional.empty();
        }
        String check = "Check " + key("client-id") + ", ";
        if (hasPrivateKey()) {
            return Optional.of(check + "that the provider knows the public key, by " + key("credentials.jwt.key-id") + " if it"
                    + " has several, and " + key("credentials.jwt.audience") + " and "
                    + key("credentials.jwt.signature-algorithm")
                    + ", which providers differ in");
        }
        return config.tlsConfigurationName().map(name -> check + "and, if the client shows a certificate, that the provider"
                + " expects the one in the key store of quarkus.tls.\"" + name + "\"");
    }

    /** @return whether the client signs assertions by a private key of its own */
    public boolean hasPrivateKey() {
        CredentialsConfig.Jwt jwt = config.credentials().jwt();
        return jwt.key().isPresent() || jwt.keyFile().isPresent() || jwt.keyStoreFile().isPresent();
    }

    private String key(String member) {
        return ConfigKeys.key(name, member);
    }

    /** @return whether polls repeat the scope of the device authorization request, which RFC 8628 doesn't know */
    public boolean scopeOnPolls() {
        return preset(config).scopeOnPolls();
    }

    /** @return whether the revocation endpoint takes access tokens only */
    public boolean revokesAccessTokens() {
        return preset(config).revokesAccessTokens();
    }

    /** @param server what relative paths are appended to, or null where there are none */
    private static URI resolve(String server, String written) {
        String path = written.strip();
        if (isAbsolute(path)) {
            return URI.create(path);
        }
        Objects.requireNonNull(server, "The checks have found that no path is relative");
        return URI.create((server.endsWith("/") ? server.substring(0, server.length() - 1) : server)
                + (path.startsWith("/") ? path : "/" + path));
    }

    static boolean isAbsolute(String path) {
        return path.contains("://");
    }

    /** Shows which client it is: parameters and headers may be secrets. */
    @Override
    public String toString() {
        return "ClientSettings[" + ConfigKeys.describe(name) + "]";
    }
}
