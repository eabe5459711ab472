package io.quarkiverse.deviceauthorization.web.runtime;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.web.runtime.PageWriter.Place;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** One request of a browser, and its answer. */
final class Visit {

    private static final String VIEW = "view";
    private static final String FRAGMENT = "fragment";

    private final SignInPart part;
    private final RoutingContext context;
    private final Cookies cookies;
    private final PageWriter writer;
    private final Texts texts;
    private final Optional<BrowserCookie> sent;
    private BrowserCookie cookie;

    Visit(SignInPart part, RoutingContext context, Cookies cookies, PageWriter writer, Texts texts) {
        this.part = part;
        this.context = context;
        this.cookies = cookies;
        this.writer = writer;
        this.texts = texts;
        this.sent = cookies.read(context.request());
        this.cookie = sent.orElseGet(BrowserCookie::create);
    }

    RoutingContext context() {
        return context;
    }

    HttpServerRequest request() {
        return context.request();
    }

    HttpServerResponse response() {
        return context.response();
    }

    Texts texts() {
        return texts;
    }

    /** @return the id of the sign-in of this browser */
    Optional<String> flow() {
        return cookie.flow();
    }

    boolean isOwnForm() {
        return OwnForms.isOwn(request(), sent);
    }

    /** A page that somebody has opened, in place of what our script fetches again, or a browser fetches in advance. */
    boolean isOpened() {
        return request().method().equals(HttpMethod.GET) && OwnForms.isOpened(request())
                && (part == SignInPart.PAGE || cookie.flow().isEmpty());
    }

    /** The browser has a sign-in from now on. */
    void keep(String id) {
        cookie = cookie.with(id);
    }

    void retryAfter(Duration wait) {
        response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.plusMillis(999).toSeconds()));
    }

    /** Shows it; after a form, browsers that have no script get the page, so that reloading it doesn't send the form again. */
    void show(View view) {
        boolean changed = sent.filter(cookie::equals).isEmpty();
        if (changed) {
            cookies.set(request(), response(), cookie);
        }
        if (isForm() && view.notice().isEmpty() && !isFragment()) {
            response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, "../" + lastSegment()).end();
            return;
        }
        response().setStatusCode(view.status()).putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, texts.language())
                .end(isFragment() ? writer.section(view, place(page(), heading())) : writer.page(view, place(relative(), 1)));
    }

    private boolean isForm() {
        return part == SignInPart.START || part == SignInPart.CANCEL;
    }

    private boolean isFragment() {
        return part == SignInPart.FRAGMENT || isForm() && FRAGMENT.equals(request().getFormAttribute(VIEW));
    }

    private Place place(String base, int heading) {
        return new Place(texts, base, heading, cookie.formToken());
    }

    /** A fragment may be part of any page, so its addresses are whole paths, with the prefix that a proxy tells. */
    private String page() {
        return part.pageOf(request().uri().split("[?#]", 2)[0]);
    }

    /** On its own page they are relative, so that they are right behind a proxy that says nothing of its prefix. */
    private String relative() {
        return isForm() ? "../" + lastSegment() : lastSegment();
    }

    private String lastSegment() {
        return SignInPart.lastSegment(page()).orElse("");
    }

    private int heading() {
        String level = request().getParam("heading");
        return level != null && level.matches("[1-6]") ? Integer.parseInt(level) : 2;
    }
}
