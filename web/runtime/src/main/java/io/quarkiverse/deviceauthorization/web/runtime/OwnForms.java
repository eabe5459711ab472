package io.quarkiverse.deviceauthorization.web.runtime;

import java.net.URI;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Whether a request comes from our own page: what another site lets a browser send is refused. A form carries a token that only
 * a page of the same browser has; besides, browsers tell where a request comes from.
 */
final class OwnForms {

    private static final Logger LOG = Logger.getLogger(OwnForms.class);

    static final String TYPE = "application/x-www-form-urlencoded";

    private static final String TOKEN = "token";

    private OwnForms() {
    }

    static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.split(";", 2)[0].trim().equalsIgnoreCase(TYPE);
    }

    static boolean isOwn(HttpServerRequest request, Optional<BrowserCookie> cookie) {
        if (!isFromHere(request)) {
            LOG.debug("A form is refused: the browser says that another site has sent it. Behind a proxy, check that"
                    + " quarkus.http.proxy lets the application know its own host name");
            return false;
        }
        String token = Optional.ofNullable(request.getFormAttribute(TOKEN)).orElse("");
        boolean own = cookie.filter(known -> known.isFormToken(token)).isPresent();
        if (!own) {
            LOG.debugf("A form is refused: %s", cookie.isPresent() ? "its token is that of another browser, or of before"
                    : "the browser has no cookie of this page");
        }
        return own;
    }

    /** {@code Sec-Fetch-Site} is there with TLS and on the loopback interface, {@code Origin} with every form that is sent. */
    static boolean isFromHere(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.getHeader("Origin");
        return origin == null || isHost(origin, request);
    }

    private static boolean isHost(String origin, HttpServerRequest request) {
        try {
            String own = request.authority() == null ? null : request.authority().toString();
            return own != null && own.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What a browser opens because a person has gone there: no image, no script, and nothing in advance. */
    static boolean isOpened(HttpServerRequest request) {
        String purpose = request.getHeader("Sec-Purpose") != null ? request.getHeader("Sec-Purpose")
                : request.getHeader("Purpose");
        boolean early = purpose != null && purpose.contains("prefetch");
        String site = request.getHeader("Sec-Fetch-Site");
        return !early && (site == null || !site.equals("cross-site"));
    }
}
