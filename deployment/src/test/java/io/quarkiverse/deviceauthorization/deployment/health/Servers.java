package io.quarkiverse.deviceauthorization.deployment.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.quarkiverse.deviceauthorization.deployment.Http;

/**
 * Servers in various conditions, which note each request. The class of a test is loaded twice, by JUnit and with the
 * application: both find the same servers, by system properties.
 */
final class Servers {

    private static final String RECORDED = "/recorded";
    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
    /** Would be closed if they were collected as garbage. */
    private static final List<AutoCloseable> OPEN = new CopyOnWriteArrayList<>();

    private Servers() {
    }

    /**
     * Answers by the first segment of the path: with metadata, which for {@code lacking} name no device authorization endpoint;
     * for {@code broken} with 503.
     */
    static String scripted() {
        return once("scripted", () -> {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            server.createContext("/", exchange -> answer(exchange, url));
            server.start();
            return url;
        });
    }

    /** Accepts connections and never answers. */
    static String silent() {
        return once("silent", () -> {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            OPEN.add(socket);
            return "http://127.0.0.1:" + socket.getLocalPort();
        });
    }

    /** Refuses connections: the port is taken, and nobody listens. */
    static String refusing() {
        return once("refusing", () -> {
            Socket socket = new Socket();
            OPEN.add(socket);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return "http://127.0.0.1:" + socket.getLocalPort();
        });
    }

    /** @return the requests that the scripted server got, as method and path */
    static List<String> requests() {
        return Http.get(scripted() + RECORDED).body().lines().toList();
    }

    private static void answer(HttpExchange exchange, String url) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(RECORDED)) {
            send(exchange, 200, "text/plain", String.join("\n", REQUESTS));
            return;
        }
        REQUESTS.add(exchange.getRequestMethod() + " " + path);
        String name = path.split("/")[1];
        boolean metadata = path.endsWith("/.well-known/openid-configuration");
        if (name.equals("broken")) {
            send(exchange, 503, "text/plain", "broken");
        } else if (metadata) {
            String issuer = url + "/" + name;
            String device = !name.equals("lacking") ? ", \"device_authorization_endpoint\": \"" + issuer + "/device\"" : "";
            send(exchange, 200, "application/json",
                    "{\"issuer\": \"" + issuer + "\", \"token_endpoint\": \"" + issuer + "/token\"" + device + "}");
        } else {
            send(exchange, 405, "text/plain", "POST only");
        }
    }

    private static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String once(String name, Callable<String> starter) {
        String property = Servers.class.getName() + "." + name;
        synchronized (System.getProperties()) {
            if (System.getProperty(property) == null) {
                try {
                    System.setProperty(property, starter.call());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return System.getProperty(property);
    }
}
