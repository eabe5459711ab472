package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.Loopback;

/**
 * Which endpoints of metadata are used. Metadata say where credentials, codes and tokens are sent: whoever can change them
 * could have them sent to a server of their own, or make this application ask servers that only it can reach.
 */
final class EndpointRule {

    private final URI server;
    private final List<String> trustedHosts;

    /** @param settings a client whose endpoints are discovered */
    EndpointRule(ClientSettings settings) {
        this.server = settings.authServerUrl().orElseThrow();
        this.trustedHosts = settings.trustedHosts();
    }

    /** @return the endpoint, if a token may be sent there: over TLS, or to a server on this machine */
    Optional<URI> usable(String text) {
        try {
            URI uri = new URI(text);
            boolean local = "http".equalsIgnoreCase(server.getScheme()) && "http".equalsIgnoreCase(uri.getScheme())
                    && (Loopback.is(uri) || isHostOf(server, uri));
            return Optional.of(uri).filter(endpoint -> endpoint.getHost() != null && endpoint.getRawUserInfo() == null
                    && ("https".equalsIgnoreCase(endpoint.getScheme()) || local));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** @return whether it is where the server itself is, or where it may be as well */
    boolean isTrusted(URI endpoint) {
        return isHostOf(server, endpoint) || Loopback.is(server) && Loopback.is(endpoint)
                || trustedHosts.stream().anyMatch(trusted -> covers(trusted, endpoint.getHost()));
    }

    private static boolean isHostOf(URI server, URI endpoint) {
        return server.getHost().equalsIgnoreCase(endpoint.getHost());
    }

    private static boolean covers(String trusted, String host) {
        return trusted.startsWith("*.")
                ? host.toLowerCase(Locale.ROOT).endsWith(trusted.substring(1).toLowerCase(Locale.ROOT))
                : trusted.equalsIgnoreCase(host);
    }
}
