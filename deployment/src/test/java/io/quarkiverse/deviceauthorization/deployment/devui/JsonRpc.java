package io.quarkiverse.deviceauthorization.deployment.devui;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Calls what the pages of the Dev UI call, as they do, and keeps all that was answered. */
final class JsonRpc implements WebSocket.Listener, AutoCloseable {

    private static final String NAMESPACE = "quarkus-device-authorization_";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final List<JsonNode> answers = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();

    JsonRpc(int port) {
        socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/q/dev-ui/json-rpc-ws"), this).join();
    }

    /** @return what was answered */
    JsonNode call(String method, Map<String, ?> parameters) {
        int id = send(method, parameters);
        await().atMost(PATIENCE).until(() -> !results(id).isEmpty());
        return results(id).get(0);
    }

    JsonNode call(String method) {
        return call(method, Map.of());
    }

    /** @return what is streamed, which grows */
    int subscribe(String method) {
        return send(method, Map.of());
    }

    /** @return what was answered to this call until now */
    List<JsonNode> results(int id) {
        return answers.stream().filter(answer -> answer.path("id").asInt(-1) == id)
                .filter(answer -> !answer.at("/result/messageType").asText().equals("Void"))
                .map(answer -> answer.has("error") ? answer.get("error") : answer.at("/result/object")).toList();
    }

    /** @return all that was ever answered */
    String heard() {
        return answers.toString();
    }

    private int send(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "method", NAMESPACE + method, "id", id, "params",
                    parameters)), true).join();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        return id;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            try {
                answers.add(JSON.readTree(message.toString()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            message.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
