package io.quarkiverse.deviceauthorization.devserver;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/** Reads requests, finds their handler and sends the answer. */
final class Dispatcher implements HttpHandler {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    /** What a client or a browser sends here is far smaller. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Wire wire;
    private final Counters counters;
    private final ExchangeListener listener;
    private final Map<String, Map<String, Handler>> routes = new LinkedHashMap<>();

    Dispatcher(Wire wire, Counters counters, ExchangeListener listener) {
        this.wire = wire;
        this.counters = counters;
        this.listener = listener;
    }

    Dispatcher route(String method, String path, Handler handler) {
        routes.computeIfAbsent(path, p -> new LinkedHashMap<>()).put(method, handler);
        return this;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Optional<ReceivedRequest> received;
        SentAnswer sent;
        try (exchange) { // what is buffered is sent when it closes
            Optional<Request> request = read(exchange);
            received = request.filter(known -> !known.path().equals(ScriptEndpoint.PATH)).map(Dispatcher::received);
            Response response = request.isEmpty() ? tooLarge() : answer(request.get(), received);
            sent = new SentAnswer(response.status(), response.body());
            received.ifPresent(known -> listener.answering(known, sent));
            response.send(exchange);
        }
        received.ifPresent(known -> listener.answered(known, sent));
    }

    private static Optional<Request> read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        return body.length > MAX_BODY_BYTES ? Optional.empty()
                : Optional.of(request(exchange, new String(body, StandardCharsets.UTF_8)));
    }

    private static ReceivedRequest received(Request request) {
        return new ReceivedRequest(request.method(), request.path(), request.headers(), request.formAsReceived().asMap(),
                request.body());
    }

    private static Response tooLarge() {
        return Response.error(413, "invalid_request", "The body is too large").with("Connection", "close");
    }

    private Response answer(Request request, Optional<ReceivedRequest> received) {
        try {
            received.ifPresent(known -> {
                counters.received(known);
                listener.received(known);
            });
            return answer(request);
        } catch (OAuthException error) {
            return error.response(wire);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The development authorization server failed", e);
            return Response.error(500, "server_error", "The development authorization server failed; see its log");
        }
    }

    private Response answer(Request request) {
        if (!isLoopback(request.header("Host").orElse(""))) {
            return Response.error(421, "invalid_request", "This server answers for localhost only");
        }
        Map<String, Handler> byMethod = routes.get(request.path());
        if (byMethod == null) {
            return Response.error(404, "not_found", "There is nothing at this path");
        }
        Handler handler = byMethod.get(request.method().equals("HEAD") ? "GET" : request.method());
        if (handler == null) {
            Set<String> allowed = new TreeSet<>(byMethod.keySet());
            if (allowed.contains("GET")) {
                allowed.add("HEAD");
            }
            return Response.error(405, "invalid_request", "The method must be " + String.join(" or ", allowed))
                    .with("Allow", String.join(", ", allowed));
        }
        return handler.handle(request);
    }

    private static Request request(HttpExchange exchange, String body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        URI uri = exchange.getRequestURI();
        return new Request(exchange.getRequestMethod(), uri.getPath() == null ? "" : uri.getPath(), uri.getRawQuery(), headers,
                body);
    }

    /** A name that an attacker's DNS points to this machine is refused (DNS rebinding); ports differ behind a tunnel. */
    private static boolean isLoopback(String host) {
        return LOOPBACK_HOSTS.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
    }
}
