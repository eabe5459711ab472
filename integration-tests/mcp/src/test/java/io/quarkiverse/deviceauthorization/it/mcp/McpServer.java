package io.quarkiverse.deviceauthorization.it.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** An MCP server with one tool, which says what authorization its call came with. */
public class McpServer implements QuarkusTestResourceLifecycleManager {

    private static final ObjectMapper JSON = new ObjectMapper();

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
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            if (!request.has("id")) {
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("none");
            Map<String, Object> result = switch (request.get("method").asText()) {
                case "initialize" -> Map.of("protocolVersion", "2025-03-26", "capabilities", Map.of("tools", Map.of()),
                        "serverInfo", Map.of("name", "notes", "version", "1"));
                case "tools/call" -> Map.of("isError", false, "content",
                        List.of(Map.of("type", "text", "text", authorization)));
                default -> Map.of();
            };
            byte[] answer = JSON.writeValueAsBytes(Map.of("jsonrpc", "2.0", "id", request.get("id"), "result", result));
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
