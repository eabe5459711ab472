package io.quarkiverse.deviceauthorization.devserver;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The script of a server that runs elsewhere, over HTTP. Each step asks where that is, since a Dev Service may move. */
final class RemoteScript implements Script {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<URI> issuer;

    RemoteScript(Supplier<URI> issuer) {
        this.issuer = issuer;
    }

    @Override
    public Script pending(int times) {
        return run("pending", Map.of("times", String.valueOf(times)));
    }

    @Override
    public Script slowDown() {
        return run("slow_down", Map.of());
    }

    @Override
    public Script approve(String user) {
        return run("approve", Map.of("user", user));
    }

    @Override
    public Script approve(String userCode, String user) {
        return run("approve", Map.of("user_code", userCode, "user", user));
    }

    @Override
    public Script deny() {
        return run("deny", Map.of());
    }

    @Override
    public Script deny(String userCode) {
        return run("deny", Map.of("user_code", userCode));
    }

    @Override
    public Script expire() {
        return run("expire", Map.of());
    }

    @Override
    public Script expire(String userCode) {
        return run("expire", Map.of("user_code", userCode));
    }

    @Override
    public Script fail(Endpoint endpoint, int status, int times) {
        return run("fail",
                Map.of("endpoint", name(endpoint), "status", String.valueOf(status), "times", String.valueOf(times)));
    }

    @Override
    public Script dropConnection(Endpoint endpoint) {
        return run("drop_connection", Map.of("endpoint", name(endpoint)));
    }

    @Override
    public Script loseAnswer(Endpoint endpoint) {
        return run("lose_answer", Map.of("endpoint", name(endpoint)));
    }

    @Override
    public Script answer(Endpoint endpoint, int status, String contentType, String body) {
        return run("answer", Map.of("endpoint", name(endpoint), "status", String.valueOf(status), "content_type", contentType,
                "body", body));
    }

    @Override
    public Script flawIdToken(IdTokenFlaw flaw) {
        return run("flaw_id_token", Map.of("flaw", name(flaw)));
    }

    @Override
    public Script reset() {
        return run("reset", Map.of());
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private Script run(String action, Map<String, String> parameters) {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("action", action);
        URI server = issuer.get();
        HttpResponse<String> response = send(server, form.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&")));
        if (response.statusCode() == 400) {
            throw new IllegalArgumentException(description(response.body()));
        }
        if (response.statusCode() != 200) {
            throw new IllegalStateException("There is no development server at " + server + ": it answers "
                    + ScriptEndpoint.PATH + " with the status " + response.statusCode());
        }
        return this;
    }

    private static HttpResponse<String> send(URI server, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + ScriptEndpoint.PATH)).timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("There is no development server at " + server + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the development server was told what to do", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String description(String body) {
        try {
            return new ObjectMapper().readTree(body).path("error_description").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
