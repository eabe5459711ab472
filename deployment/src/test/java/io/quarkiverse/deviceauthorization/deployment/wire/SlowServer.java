package io.quarkiverse.deviceauthorization.deployment.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An authorization server that answers a number of token requests when all of them have come, and other requests at once. It is
 * known by a system property.
 */
final class SlowServer {

    private static ExecutorService threads;
    private static HttpServer server;

    private SlowServer() {
    }

    static void start(int polls) {
        CountDownLatch held = new CountDownLatch(polls);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), polls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/device", exchange -> answer(exchange, 200, "{\"device_code\":\"code\",\"user_code\":\"CODE\","
                + "\"verification_uri\":\"https://a.example/device\",\"expires_in\":900}"));
        server.createContext("/token", exchange -> {
            held.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            answer(exchange, 400, "{\"error\":\"authorization_pending\"}");
        });
        server.start();
        System.setProperty("slow.port", String.valueOf(server.getAddress().getPort()));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static void stop() {
        System.clearProperty("slow.port");
        server.stop(0);
        threads.shutdownNow();
    }
}
