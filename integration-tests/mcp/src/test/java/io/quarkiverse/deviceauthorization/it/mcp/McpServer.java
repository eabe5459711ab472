package io.quarkiverse.deviceauthorization.it.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An MCP server with one tool, which says what authorization its call came with. */
public class McpServer implements QuarkusTestResourceLifecycleManager {

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/mcp", this::answer);
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort() + "/mcp";
        return Map.of("quarkus.langchain4j.mcp.notes.url", url,
                "quarkus.langchain4j.mcp.own.url", url,
                "quarkus.langchain4j.mcp.public.url", url);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonObject request = new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (!request.containsKey("id")) {
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("none");
            JsonObject result = switch (request.getString("method")) {
                case "initialize" -> new JsonObject().put("protocolVersion", "2025-03-26")
                        .put("capabilities", new JsonObject().put("tools", new JsonObject()))
                        .put("serverInfo", new JsonObject().put("name", "notes").put("version", "1"));
                case "tools/call" -> new JsonObject().put("isError", false).put("content",
                        new JsonArray().add(new JsonObject().put("type", "text").put("text", authorization)));
                default -> new JsonObject();
            };
            byte[] answer = new JsonObject().put("jsonrpc", "2.0").put("id", request.getValue("id")).put("result", result)
                    .toBuffer().getBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
