package io.quarkiverse.deviceauthorization.deployment.wire;

import java.io.IOException;
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

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

/**
 * An authorization server whose endpoints for clients with certificates are on another port than the others (RFC 8705 §5).
 */
final class MutualTlsServer {

    private final List<WireTap.Received> received = new CopyOnWriteArrayList<>();
    private final String direct;
    private final String aliases;

    private MutualTlsServer(SSLContext context) throws IOException {
        direct = start(context, false);
        aliases = start(context, true);
    }

    /** Known by {@code wire.mtls}, and its key stores by {@code wire.server.p12} and {@code wire.client.p12}. */
    static void start() {
        try {
            SelfSigned server = new SelfSigned();
            SelfSigned client = new SelfSigned("living-room-tv");
            MutualTlsServer started = new MutualTlsServer(server.context(client));
            DevelopmentServers.tap().observe("mtls", () -> started.received);
            System.setProperty("wire.mtls", started.direct);
            System.setProperty("wire.server.p12", server.keyStore().toString());
            System.setProperty("wire.client.p12", client.keyStore().toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String start(SSLContext context, boolean needsCertificate) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {

            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(needsCertificate);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/", this::answer);
        server.start();
        return "https://localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = exchange.getRequestHeaders().entrySet().stream().collect(
                Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        Map<String, List<String>> form = body.isEmpty() ? Map.of()
                : Arrays.stream(body.split("&"))
                        .map(parameter -> parameter.split("=", 2)).collect(Collectors.groupingBy(parameter -> parameter[0],
                                TreeMap::new, Collectors.mapping(parameter -> parameter[1], Collectors.toList())));
        received.add(new WireTap.Received(exchange.getRequestMethod(), path, headers, form,
                certificate((HttpsExchange) exchange)));
        switch (path) {
            case "/.well-known/openid-configuration" -> send(exchange, 200, metadata());
            case "/mtls/device" -> send(exchange, 200, "{\"device_code\":\"d3vice-0123456789\",\"user_code\":\"AB-12\","
                    + "\"verification_uri\":\"https://localhost/device\",\"expires_in\":60,\"interval\":0}");
            case "/mtls/token" -> send(exchange, 200, "{\"access_token\":\"acc3ss-0123456789-" + received.size()
                    + "\",\"refresh_token\":\"refr3sh-" + received.size() + "\",\"expires_in\":1}");
            case "/mtls/revoke" -> send(exchange, 200, "");
            case "/mtls/userinfo" -> send(exchange, 200, "{\"sub\":\"alice\"}");
            default -> send(exchange, 403, "{\"error\":\"invalid_client\"}");
        }
    }

    private String metadata() {
        Map<String, String> endpoints = new TreeMap<>(Map.of("device_authorization_endpoint", "device", "token_endpoint",
                "token", "revocation_endpoint", "revoke", "userinfo_endpoint", "userinfo"));
        return "{\"issuer\":\"" + direct + "\"," + members(endpoints, direct + "/direct/") + ",\"mtls_endpoint_aliases\":{"
                + members(endpoints, aliases + "/mtls/") + "}}";
    }

    private static String members(Map<String, String> endpoints, String base) {
        return endpoints.entrySet().stream()
                .map(endpoint -> "\"" + endpoint.getKey() + "\":\"" + base + endpoint.getValue() + "\"")
                .collect(Collectors.joining(","));
    }

    private static String certificate(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
