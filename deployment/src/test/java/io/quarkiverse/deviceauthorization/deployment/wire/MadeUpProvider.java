package io.quarkiverse.deviceauthorization.deployment.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A provider that has never read RFC 8628. Below {@code /tv} it speaks JSON, and below {@code /radio} it takes forms
 * and answers with codes of its own.
 */
final class MadeUpProvider {

    static final String TICKET = "t1cket-0123456789";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<WireTap.Received> received = new CopyOnWriteArrayList<>();

    private MadeUpProvider() {
    }

    static void start() {
        MadeUpProvider provider = new MadeUpProvider();
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", provider::answer);
            server.start();
            System.setProperty("wire.made-up", "http://localhost:" + server.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DevelopmentServers.tap().observe("made-up", () -> provider.received);
        List.of(TICKET, "k3y-0123456789", "r3new-0123456789", "t0ken-of-the-radio").forEach(DevelopmentServers.tap()::secret);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = exchange.getRequestHeaders().entrySet().stream().collect(
                Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        received.add(new WireTap.Received(exchange.getRequestMethod(), path, headers, parameters(body), null));
        long before = received.stream().filter(request -> request.path().equals(path)).count() - 1;
        switch (path) {
            case "/tv/pair" -> send(exchange, 201, "{\"pairing\":{\"ticket\":\"" + TICKET + "\",\"letters\":\"AB-12\","
                    + "\"page\":\"https://tv.example/pair\",\"minutes\":2}}");
            case "/tv/done" -> send(exchange, 202 - (int) Math.min(before, 2), before < 2 ? "{\"state\":\"waiting\"}"
                    : "{\"state\":\"done\",\"key\":\"k3y-0123456789\",\"renew\":\"r3new-0123456789\",\"hours\":1}");
            case "/radio/pair" -> send(exchange, 200, "{\"device_code\":\"" + TICKET + "\",\"user_code\":\"RADIO\","
                    + "\"verification_uri\":\"https://radio.example/pair\",\"expires_in\":120}");
            case "/radio/done" -> send(exchange, 200, before == 0 ? "{\"result\":7}"
                    : before == 1 ? "{\"result\":9}"
                            : "{\"access_token\":\"t0ken-of-the-radio\"}");
            default -> send(exchange, 404, "{}");
        }
    }

    private static Map<String, List<String>> parameters(String body) throws IOException {
        if (body.startsWith("{")) {
            Map<String, List<String>> members = new TreeMap<>();
            JSON.readValue(body, new TypeReference<Map<String, Object>>() {
            }).forEach((name, value) -> members.put(name, List.of(value.toString())));
            return members;
        }
        return Arrays.stream(body.split("&")).map(parameter -> parameter.split("=", 2))
                .collect(Collectors.groupingBy(parameter -> parameter[0], TreeMap::new,
                        Collectors.mapping(parameter -> parameter[1], Collectors.toList())));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
