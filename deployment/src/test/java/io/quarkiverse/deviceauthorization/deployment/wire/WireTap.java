package io.quarkiverse.deviceauthorization.deployment.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Tells tests, whose class loader is another one, what servers have received, and is told secrets by them. */
final class WireTap implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A request.
     *
     * @param headers the headers; names in lower case
     * @param form the parameters of its body
     * @param certificate the name in the certificate of the client, if it has shown one
     */
    record Received(String method, String path, Map<String, List<String>> headers, Map<String, List<String>> form,
            String certificate) {
    }

    private final Map<String, Supplier<List<Received>>> servers = new ConcurrentHashMap<>();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final HttpServer http;

    WireTap() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/requests/", exchange -> send(exchange,
                JSON.writeValueAsBytes(servers.get(exchange.getRequestURI().getPath().split("/")[2]).get())));
        http.createContext("/secrets", exchange -> {
            secrets.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            send(exchange, new byte[0]);
        });
        http.start();
        System.setProperty("wire.tap", "http://localhost:" + http.getAddress().getPort());
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    void observe(String server, Supplier<List<Received>> received) {
        servers.put(server, received);
    }

    void secret(String secret) {
        secrets.add(secret);
    }

    Set<String> secrets() {
        return secrets;
    }

    /** What all servers have received. */
    Stream<Received> received() {
        return servers.values().stream().flatMap(received -> received.get().stream());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
