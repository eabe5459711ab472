package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges URLs, and never repeats the credentials that somebody may have written into one. */
final class UrlRules {

    private static final String CREDENTIALS = "has credentials in it, which would be logged by others. Remove them, and set"
            + " credentials.* of this client";

    /** A name or an address, or all names below one that is itself below another: nobody owns all of {@code com}. */
    private static final Pattern HOST = Pattern.compile("(\\*\\.[A-Za-z0-9-]+\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?"
            + "|\\[[0-9A-Fa-f:.]+]");

    private final boolean production;

    /** @param production whether the application goes to production, where plain HTTP is refused */
    UrlRules(boolean production) {
        this.production = production;
    }

    /** @return what is wrong with the URL of a server, if something is */
    Optional<String> server(String text) {
        Optional<URI> uri = parse(text);
        if (uri.isEmpty() || !isHttp(uri.get())) {
            return Optional.of("'" + shown(text) + "' is not a URL. Write for example https://login.example.com");
        }
        if (uri.get().getRawQuery() != null || uri.get().getRawFragment() != null || uri.get().getRawUserInfo() != null) {
            return Optional.of("has a query, a fragment or credentials in it. Write only scheme, host, port and path");
        }
        return plainHttp(uri.get());
    }

    /** @return what is wrong with an endpoint, a path or a whole URL, if something is */
    Optional<String> endpoint(String text) {
        Optional<URI> uri = parse(text);
        if (uri.isEmpty() || text.isBlank() || uri.get().getRawFragment() != null
                || uri.get().isAbsolute() && !ClientSettings.isAbsolute(text)) {
            return Optional.of("'" + shown(text) + "' is neither a path nor a URL. Write for example /oauth/token");
        }
        if (!ClientSettings.isAbsolute(text)) {
            return Optional.empty();
        }
        if (!isHttp(uri.get())) {
            return Optional.of("'" + shown(text)
                    + "' is not an http or https URL. Write for example https://login.example.com/token");
        }
        return uri.get().getRawUserInfo() != null ? Optional.of(CREDENTIALS) : plainHttp(uri.get());
    }

    /** @return what is wrong with a resource indicator, if something is */
    Optional<String> resource(String text) {
        Optional<URI> uri = parse(text);
        return uri.isPresent() && uri.get().isAbsolute() && uri.get().getRawFragment() == null ? Optional.empty()
                : Optional.of("'" + shown(text)
                        + "' is no resource indicator (RFC 8707). Write an absolute URI without fragment");
    }

    /** @return what is wrong with the name of a host, if something is */
    Optional<String> host(String text) {
        return HOST.matcher(text).matches() ? Optional.empty()
                : Optional.of("'" + shown(text) + "' is no host. Write for example oauth2.example.com, or *.example.com for"
                        + " all below, without scheme, port and path");
    }

    private Optional<String> plainHttp(URI uri) {
        return production && uri.getScheme().equalsIgnoreCase("http") && !Loopback.is(uri) ? Optional.of("'"
                + shown(uri.toString()) + "' would send credentials and tokens in the clear (RFC 8628 §3.1 asks for TLS)."
                + " Write https://") : Optional.empty();
    }

    /** User information and queries can hold secrets. */
    private static String shown(String text) {
        return text.replaceAll("//.*@", "//***@").replaceAll("\\?[^#]*", "?***");
    }

    private static boolean isHttp(URI uri) {
        return uri.getHost() != null && uri.getPort() <= 65535
                && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
