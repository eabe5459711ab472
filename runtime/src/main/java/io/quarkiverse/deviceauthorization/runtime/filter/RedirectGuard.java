package io.quarkiverse.deviceauthorization.runtime.filter;

import java.util.function.Function;

import jakarta.ws.rs.core.HttpHeaders;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/** Keeps our tokens from following a redirect to another origin: Vert.x sends all headers wherever it is told to. */
final class RedirectGuard implements Function<HttpClientResponse, Future<RequestOptions>> {

    private final Function<HttpClientResponse, Future<RequestOptions>> redirects;

    private RedirectGuard(Function<HttpClientResponse, Future<RequestOptions>> redirects) {
        this.redirects = redirects;
    }

    /** @param client the HTTP client of a REST client */
    @SuppressWarnings("deprecation") // the client is built by then
    static void watch(HttpClient client, Context context, AuthorizedCall call) {
        context.putLocal(RedirectGuard.class.getName(), call);
        Function<HttpClientResponse, Future<RequestOptions>> redirects = client.redirectHandler();
        if (!(redirects instanceof RedirectGuard)) {
            client.redirectHandler(new RedirectGuard(redirects));
        }
    }

    @Override
    public Future<RequestOptions> apply(HttpClientResponse response) {
        Future<RequestOptions> next = redirects.apply(response);
        Context context = Vertx.currentContext();
        AuthorizedCall call = context == null ? null : context.getLocal(RedirectGuard.class.getName());
        // a call from within another one inherits what is in its context
        return next == null || call == null || !call.isIn(response.request()) ? next
                : next.map(options -> guarded(options, response.request(), call));
    }

    private static RequestOptions guarded(RequestOptions next, HttpClientRequest request, AuthorizedCall call) {
        MultiMap headers = next.getHeaders();
        if (headers == null) {
            return next;
        }
        MultiMap kept = MultiMap.caseInsensitiveMultiMap().addAll(headers);
        Origin origin = Origin.of(next);
        if (!origin.equals(Origin.of(request))) {
            kept.remove(HttpHeaders.AUTHORIZATION).remove(AuthorizedCall.DPOP);
        } else if (kept.contains(AuthorizedCall.DPOP)) {
            call.proof(next.getMethod().name(), origin.uri(next.getURI()))
                    .ifPresent(proof -> kept.set(AuthorizedCall.DPOP, proof));
        }
        return new RequestOptions(next).setHeaders(kept);
    }
}
