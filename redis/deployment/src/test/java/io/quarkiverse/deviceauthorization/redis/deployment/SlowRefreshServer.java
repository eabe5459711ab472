package io.quarkiverse.deviceauthorization.redis.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** An authorization server that approves at once, and takes half a second for a refresh. */
final class SlowRefreshServer {

    private static final CountDownLatch REFRESHING = new CountDownLatch(1);

    private SlowRefreshServer() {
    }

    static int start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "slow server");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/device",
                    exchange -> send(exchange, "{\"device_code\": \"code\", \"user_code\": \"WDJB-MJHT\","
                            + " \"verification_uri\": \"https://example.com/device\", \"expires_in\": 600, \"interval\": 1}"));
            server.createContext("/token", SlowRefreshServer::token);
            server.createContext("/refreshing", exchange -> {
                try {
                    REFRESHING.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                send(exchange, "{}");
            });
            server.start();
            return server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (form.contains("grant_type=refresh_token")) {
            REFRESHING.countDown();
            CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(() -> {
                try {
                    send(exchange, tokens("second"));
                } catch (IOException e) {
                    exchange.close();
                }
            });
        } else {
            send(exchange, tokens("first"));
        }
    }

    private static String tokens(String name) {
        return "{\"access_token\": \"" + name + "-access\", \"refresh_token\": \"" + name
                + "-refresh\", \"token_type\": \"Bearer\", \"expires_in\": 300}";
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
