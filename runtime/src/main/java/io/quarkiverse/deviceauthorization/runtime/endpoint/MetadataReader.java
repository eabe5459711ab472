package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.smallrye.mutiny.Uni;

/**
 * The server's metadata (OpenID Connect Discovery 1.0 §4, RFC 8414 §3): where they are, whether they can be believed, and the
 * endpoints that they name.
 */
final class MetadataReader {

    private static final Map<Endpoint, String> MEMBERS = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            Endpoint.DEVICE_AUTHORIZATION, "device_authorization_endpoint",
            Endpoint.TOKEN, "token_endpoint",
            Endpoint.REVOCATION, "revocation_endpoint",
            Endpoint.USER_INFO, "userinfo_endpoint",
            Endpoint.JWKS, "jwks_uri")));

    private final ClientSettings settings;
    private final Function<URI, Uni<Answer>> reader;
    private final BooleanSupplier mutualTls;

    /**
     * @param reader reads a document; fails with an {@link AuthorizationServerException} when the server can't be asked
     * @param mutualTls whether the client has a certificate of its own to show
     */
    MetadataReader(ClientSettings settings, Function<URI, Uni<Answer>> reader, BooleanSupplier mutualTls) {
        this.settings = settings;
        this.reader = reader;
        this.mutualTls = mutualTls;
    }

    /** @return the metadata, from the first location that has them, with the right issuer */
    Uni<Answer> read() {
        List<URI> locations = locations(settings.authServerUrl().orElseThrow());
        return reader.apply(locations.get(0)).onItem().transformToUni(first -> isMetadata(first)
                ? Uni.createFrom().item(first)
                : reader.apply(locations.get(1)).onItem().transform(second -> {
                    if (!isMetadata(second)) {
                        throw noMetadata(locations, first, second);
                    }
                    return second;
                }))
                .onItem().invoke(this::checkIssuer).onItem().invoke(this::checkHosts);
    }

    private AuthorizationServerException noMetadata(List<URI> locations, Answer first, Answer second) {
        if (first.status() >= 500) {
            return failure("has a problem of its own at " + locations.get(0) + " (HTTP status " + first.status()
                    + "). It may go away", first.status());
        }
        return failure("has no metadata at " + locations.get(0) + " (" + seen(first) + ") or " + locations.get(1)
                + " (" + seen(second) + "). Check " + key("auth-server-url") + ", or set "
                + key("device-authorization-path") + " and " + key("token-path"), first.status());
    }

    private static String seen(Answer answer) {
        return "HTTP status " + answer.status() + (answer.status() != 200 ? ""
                : answer.readable() ? ", without an issuer" : ", " + answer.contentType());
    }

    private static boolean isMetadata(Answer answer) {
        return answer.status() == 200 && answer.text("issuer").isPresent();
    }

    static List<URI> locations(URI issuer) {
        String base = withoutSlash(issuer.toString());
        String path = withoutSlash(issuer.getRawPath());
        String root = base.substring(0, base.length() - path.length());
        return List.of(URI.create(base + "/.well-known/openid-configuration"),
                URI.create(root + "/.well-known/oauth-authorization-server" + path));
    }

    /** RFC 8414 §3.3. A slash at the end is forgiven, since people leave it out and add it. */
    private void checkIssuer(Answer metadata) {
        String issuer = metadata.text("issuer").orElseThrow();
        if (!withoutSlash(issuer).equals(withoutSlash(settings.authServerUrl().orElseThrow().toString()))) {
            throw failure("says that it is '" + CleanText.of(issuer) + "', which is not " + key("auth-server-url")
                    + " ('" + settings.authServerUrl().get() + "'). Set the key to the issuer if you trust it", 200);
        }
    }

    /**
     * Refuses all of them where one is elsewhere: without the keys of the server, for example, nothing would be left to check
     * ID tokens by.
     */
    private void checkHosts(Answer metadata) {
        EndpointRule rule = new EndpointRule(settings);
        List<String> elsewhere = new ArrayList<>();
        Set<String> hosts = new TreeSet<>();
        MEMBERS.forEach((endpoint, member) -> {
            Optional<URI> found = find(metadata, endpoint);
            if (settings.endpoint(endpoint).isEmpty() && found.isPresent() && !rule.isTrusted(found.get())) {
                elsewhere.add(member + " on " + found.get().getHost());
                hosts.add(found.get().getHost());
            }
        });
        if (!elsewhere.isEmpty()) {
            throw failure("names endpoints on other hosts than its own in its metadata (" + String.join(", ", elsewhere)
                    + "), and nothing is sent there. If they are the provider's, add " + String.join(",", hosts) + " to "
                    + key("discovery-allowed-hosts"), 200);
        }
    }

    /** @return those that are configured, and for the others those that metadata name */
    Endpoints endpoints(Answer metadata) {
        return new Endpoints(required(metadata, Endpoint.DEVICE_AUTHORIZATION), required(metadata, Endpoint.TOKEN),
                find(metadata, Endpoint.REVOCATION), find(metadata, Endpoint.USER_INFO), find(metadata, Endpoint.JWKS),
                metadata.text("issuer"));
    }

    private URI required(Answer metadata, Endpoint endpoint) {
        return find(metadata, endpoint).orElseThrow(() -> failure("doesn't name a usable " + MEMBERS.get(endpoint)
                + " in its metadata. Switch the device authorization grant on there, or set "
                + key(ConfigKeys.path(endpoint)), 200));
    }

    /** The configured one, else the discovered one; for a client that shows a certificate, the one for such (RFC 8705 §5). */
    private Optional<URI> find(Answer metadata, Endpoint endpoint) {
        EndpointRule rule = new EndpointRule(settings);
        return settings.endpoint(endpoint).or(() -> mutualTls.getAsBoolean()
                && metadata.members().get("mtls_endpoint_aliases") instanceof Map<?, ?> aliases
                && aliases.get(MEMBERS.get(endpoint)) instanceof String alias ? rule.usable(alias) : Optional.empty())
                .or(() -> named(metadata, endpoint));
    }

    /** @return the endpoint that metadata name, whatever is configured, if it is usable */
    Optional<URI> named(Answer metadata, Endpoint endpoint) {
        return metadata.text(MEMBERS.get(endpoint)).flatMap(new EndpointRule(settings)::usable);
    }

    private String key(String member) {
        return ConfigKeys.key(settings.name(), member);
    }

    private AuthorizationServerException failure(String message, int status) {
        return new AuthorizationServerException(
                "The authorization server of " + ConfigKeys.describe(settings.name()) + " " + message, status, null);
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
