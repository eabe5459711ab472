package io.quarkiverse.deviceauthorization.it.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.devserver.Endpoint;
import io.quarkiverse.deviceauthorization.devserver.ExchangeListener;
import io.quarkiverse.deviceauthorization.devserver.ReceivedRequest;
import io.quarkiverse.deviceauthorization.devserver.SentAnswer;
import io.quarkiverse.deviceauthorization.it.process.Secrets;

/** What the server knows of each flow and of each refresh: which process asked, when, and what it was answered. */
final class ServerJournal implements ExchangeListener {

    /** The header by which a process says which one it is. */
    static final String NODE_HEADER = "X-Node";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Acts in the middle of a token request, on the thread that serves it. */
    interface Trap {
        default void received(String node, boolean refresh) {
        }

        default void answered(String node, boolean granted) {
        }
    }

    private final Map<String, ServerFlow> byDeviceCode = new LinkedHashMap<>();
    private final Map<String, ServerFlow> byUserCode = new LinkedHashMap<>();
    private final Map<String, ServerFlow> byRefreshToken = new LinkedHashMap<>();
    private final ThreadLocal<TokenExchange> underWay = new ThreadLocal<>();
    private final Secrets secrets = new Secrets();
    private final List<Trap> traps = new CopyOnWriteArrayList<>();

    void add(Trap trap) {
        traps.add(trap);
    }

    void remove(Trap trap) {
        traps.remove(trap);
    }

    /** All that a node must not tell. */
    Secrets secrets() {
        return secrets;
    }

    @Override
    public void received(ReceivedRequest request) {
        secrets.received(request);
        underWay.remove();
        if (request.path().equals(Endpoint.TOKEN.path())) {
            TokenExchange exchange = new TokenExchange(request.header(NODE_HEADER).orElse("?"), Micros.now(),
                    request.parameter("refresh_token").map(ServerJournal::digest));
            underWay.set(exchange);
            note(request, exchange);
            traps.forEach(trap -> trap.received(exchange.node, exchange.spent.isPresent()));
        }
    }

    private synchronized void note(ReceivedRequest request, TokenExchange exchange) {
        request.parameter("device_code").map(byDeviceCode::get).ifPresent(flow -> flow.polls.add(exchange));
        exchange.spent.map(byRefreshToken::get).ifPresent(flow -> flow.refreshes.add(exchange));
    }

    @Override
    public void answering(ReceivedRequest request, SentAnswer answer) {
        secrets.answering(request, answer);
        JsonNode body = json(answer);
        if (request.path().equals(Endpoint.DEVICE_AUTHORIZATION.path()) && body.has("device_code")) {
            begin(new ServerFlow(body.get("user_code").textValue(), Micros.now()), body.get("device_code").textValue());
        }
        TokenExchange exchange = underWay.get();
        if (exchange != null) {
            exchange.performed(Micros.now(), body.path("error").textValue(), digest(body, "access_token"),
                    digest(body, "refresh_token"));
            exchange.issuedRefreshToken().ifPresent(token -> issued(request, exchange, token));
        }
    }

    private synchronized void begin(ServerFlow flow, String deviceCode) {
        byDeviceCode.put(deviceCode, flow);
        byUserCode.put(flow.userCode, flow);
    }

    private synchronized void issued(ReceivedRequest request, TokenExchange exchange, String token) {
        ServerFlow flow = exchange.spent.map(byRefreshToken::get)
                .orElseGet(() -> request.parameter("device_code").map(byDeviceCode::get).orElseThrow());
        byRefreshToken.put(token, flow);
    }

    @Override
    public void answered(ReceivedRequest request, SentAnswer answer) {
        TokenExchange exchange = underWay.get();
        if (exchange != null) {
            boolean granted = exchange.issuedRefreshToken().isPresent();
            traps.forEach(trap -> trap.answered(exchange.node, granted));
        }
    }

    private static JsonNode json(SentAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String digest(JsonNode body, String member) {
        return body.path(member).isTextual() ? digest(body.get(member).textValue()) : null;
    }

    /** Tells tokens apart as the application does. */
    static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized Optional<ServerFlow> flow(String userCode) {
        return Optional.ofNullable(byUserCode.get(userCode));
    }

    synchronized Collection<ServerFlow> flows() {
        return new ArrayList<>(byUserCode.values());
    }
}
