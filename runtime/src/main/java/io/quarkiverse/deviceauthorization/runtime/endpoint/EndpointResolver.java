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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;
import io.smallrye.mutiny.Uni;

/**
 * Finds the endpoints: those that are configured, and for the others the server's metadata (OpenID Connect Discovery 1.0 §4,
 * RFC 8414 §3), which are read when they are first needed, once if that goes well, and again if it doesn't, or when an endpoint
 * has moved.
 */
final class EndpointResolver {

    private static final Map<Endpoint, String> MEMBERS = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            Endpoint.DEVICE_AUTHORIZATION, "device_authorization_endpoint",
            Endpoint.TOKEN, "token_endpoint",
            Endpoint.REVOCATION, "revocation_endpoint",
            Endpoint.USER_INFO, "userinfo_endpoint",
            Endpoint.JWKS, "jwks_uri")));

    private final ClientSettings settings;
    private final Function<URI, Uni<Answer>> reader;
    private final BooleanSupplier mutualTls;
    private final AtomicReference<Uni<Endpoints>> known = new AtomicReference<>();
    private volatile Endpoints last;
    private volatile Endpoints ready;

    /**
     * @param reader reads a metadata document; fails with an {@link AuthorizationServerException} when the server can't be
     *        asked
     * @param mutualTls whether the client has a certificate of its own to show
     */
    EndpointResolver(ClientSettings settings, Function<URI, Uni<Answer>> reader, BooleanSupplier mutualTls) {
        this.settings = settings;
        this.reader = reader;
        this.mutualTls = mutualTls;
    }

    /**
     * @param outcome what it means that they can't be found
     * @param use takes the endpoints; at once when they are known, which they nearly always are
     * @return what it makes of them
     */
    <T> Uni<T> with(Outcome<T> outcome, Function<Endpoints, Uni<T>> use) {
        Endpoints found = ready;
        if (found == null) {
            return endpoints().onItem().transformToUni(use::apply).plug(made -> new Step<>(made, Function.identity(),
                    failure -> {
                        if (failure instanceof AuthorizationServerException reason) {
                            return outcome.ofNone(reason);
                        }
                        throw (RuntimeException) failure;
                    }));
        }
        try {
            return use.apply(found);
        } catch (AuthorizationServerException e) {
            return Uni.createFrom().item(() -> outcome.ofNone(e));
        }
    }

    Uni<Endpoints> endpoints() {
        Uni<Endpoints> current = known.get();
        if (current != null) {
            return current;
        }
        Uni<Endpoints> mine = (settings.discovery() ? metadata().onItem().transform(this::discovered)
                .onFailure().recoverWithUni(this::lastKnown)
                : Uni.createFrom().item(() -> ready = configured()))
                .onFailure().invoke(() -> known.set(null))
                .memoize().indefinitely();
        return known.compareAndSet(null, mine) ? mine : endpoints();
    }

    /** @return the endpoints that are in use, without asking anybody; they were found before */
    Endpoints known() {
        Endpoints found = ready;
        return found != null ? found : settings.discovery() ? last : configured();
    }

    /** Metadata that can't be read now take nothing away from what they said before. */
    private Uni<Endpoints> lastKnown(Throwable failure) {
        known.set(null);
        return last != null ? Uni.createFrom().item(last) : Uni.createFrom().failure(failure);
    }

    /** Where an endpoint is no longer there, the metadata may have changed, and are read again when they are next needed. */
    void notice(Answer answer) {
        int status = answer.status();
        if (settings.discovery() && (status == 404 || status == 405 || status == 410)) {
            known.set(null);
            ready = null;
        }
    }

    /** @return the server's metadata, from the first location that has them, with the right issuer */
    Uni<Answer> metadata() {
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

    private Endpoints discovered(Answer metadata) {
        ready = last = new Endpoints(required(metadata, Endpoint.DEVICE_AUTHORIZATION),
                required(metadata, Endpoint.TOKEN), find(metadata, Endpoint.REVOCATION), find(metadata, Endpoint.USER_INFO),
                find(metadata, Endpoint.JWKS), metadata.text("issuer"));
        return last;
    }

    private Endpoints configured() {
        return new Endpoints(settings.endpoint(Endpoint.DEVICE_AUTHORIZATION).orElseThrow(),
                settings.endpoint(Endpoint.TOKEN).orElseThrow(), settings.endpoint(Endpoint.REVOCATION),
                settings.endpoint(Endpoint.USER_INFO), settings.endpoint(Endpoint.JWKS), Optional.empty());
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
                .or(() -> discovered(metadata, endpoint));
    }

    /** @return the endpoint that metadata name, if it is usable */
    Optional<URI> discovered(Answer metadata, Endpoint endpoint) {
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
