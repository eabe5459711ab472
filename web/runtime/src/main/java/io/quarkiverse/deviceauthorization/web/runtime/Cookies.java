package io.quarkiverse.deviceauthorization.web.runtime;

import java.util.List;
import java.util.Optional;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Reads and sets the cookie of a page. Where it is sent by TLS only, its name has a prefix by which browsers take it from this
 * host and nobody else ({@code __Host-}, RFC 6265bis §4.1.3).
 */
final class Cookies {

    private final String name;
    private final boolean framed;

    /** @param framed whether pages of other sites show this one in a frame */
    Cookies(String name, boolean framed) {
        this.name = name;
        this.framed = framed;
    }

    /** @param client the name of a client: each has a sign-in of its own */
    static Cookies of(DeviceAuthorizationWebConfig config, String client) {
        return new Cookies(config.cookieName() + (client.equals(SignInPart.DEFAULT_CLIENT) ? "" : "-" + client),
                config.frameAncestors().stream().flatMap(List::stream).anyMatch(one -> !one.equals("self")));
    }

    Optional<BrowserCookie> read(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(name(request))).map(Cookie::getValue).flatMap(BrowserCookie::parse);
    }

    void set(HttpServerRequest request, HttpServerResponse response, BrowserCookie cookie) {
        boolean secure = isSecure(request) || framed;
        response.headers().add(HttpHeaders.SET_COOKIE, name(request) + "=" + cookie.value() + "; Path=/; HttpOnly"
                + (secure ? "; Secure" : "") + (framed ? "; SameSite=None; Partitioned" : "; SameSite=Lax"));
    }

    private String name(HttpServerRequest request) {
        return isSecure(request) ? "__Host-" + name : name;
    }

    /** As the browser sees it, if Quarkus is told to believe the proxy. */
    private static boolean isSecure(HttpServerRequest request) {
        return "https".equals(request.scheme());
    }
}
