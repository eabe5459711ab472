package io.quarkiverse.deviceauthorization.runtime.filter;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;

/**
 * Where a request goes (RFC 6454 §4). Read by hand: hosts of containers have underscores, and what follows after a redirect may
 * be no URI at all.
 */
record Origin(boolean secure, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static Origin of(URI uri) {
        return parse(uri.toString());
    }

    /** @param request a request; to a proxy, it asks for a whole address, which is part of its own */
    static Origin of(HttpClientRequest request) {
        String address = request.absoluteURI();
        return parse(address.substring(0, address.length() - request.getURI().length()));
    }

    /** @param next the next request; where it doesn't say where it goes, it is nobody's origin */
    static Origin of(RequestOptions next) {
        boolean secure = Boolean.TRUE.equals(next.isSsl());
        return new Origin(secure, Objects.requireNonNullElse(next.getHost(), "").toLowerCase(Locale.ROOT),
                Objects.requireNonNullElse(next.getPort(), secure ? HTTPS : HTTP));
    }

    private static Origin parse(String address) {
        boolean secure = address.regionMatches(true, 0, "https:", 0, "https:".length());
        String authority = address.substring(address.indexOf("://") + 3).split("[/?#]", 2)[0];
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        int colon = hostAndPort.lastIndexOf(':');
        boolean named = colon > hostAndPort.lastIndexOf(']') && colon < hostAndPort.length() - 1;
        return new Origin(secure, colon > hostAndPort.lastIndexOf(']') ? hostAndPort.substring(0, colon) : hostAndPort,
                named ? Integer.parseInt(hostAndPort.substring(colon + 1)) : secure ? HTTPS : HTTP);
    }

    /** @return its address, always the same */
    URI uri() {
        return URI.create(toString());
    }

    /**
     * @param path a path, encoded or not, with or without a query
     * @return the address without the query
     */
    URI uri(String path) {
        String only = path.split("[?#]", 2)[0];
        try {
            return new URI(this + only);
        } catch (URISyntaxException e) {
            try {
                return new URI(this + new URI(null, null, only, null).getRawPath());
            } catch (URISyntaxException again) {
                return uri();
            }
        }
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + host + (port == (secure ? HTTPS : HTTP) ? "" : ":" + port);
    }
}
