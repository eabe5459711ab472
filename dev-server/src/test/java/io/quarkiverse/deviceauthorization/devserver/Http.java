package io.quarkiverse.deviceauthorization.devserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Sends requests to a server as clients do. */
final class Http {

    static final String DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String issuer;

    Http(DeviceAuthorizationServer server) {
        issuer = server.issuer();
    }

    /** Names and values in turn, form-urlencoded. */
    static String form(String... namesAndValues) {
        return IntStream.range(0, namesAndValues.length / 2)
                .mapToObj(i -> encode(namesAndValues[2 * i]) + "=" + encode(namesAndValues[2 * i + 1]))
                .collect(Collectors.joining("&"));
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> post(String path, String... namesAndValues) {
        return send(request(path).POST(BodyPublishers.ofString(form(namesAndValues)))
                .header("Content-Type", "application/x-www-form-urlencoded"));
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(issuer + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a flow of the client {@code cli}. */
    JsonNode start(String scope) {
        return json(post("/oauth/device/code", "client_id", "cli", "scope", scope, "audience", "https://api.example.com"));
    }

    HttpResponse<String> poll(JsonNode flow) {
        return post("/oauth/token", "grant_type", DEVICE_CODE_GRANT, "client_id", "cli", "device_code",
                flow.get("device_code").asText());
    }

    HttpResponse<String> refresh(String refreshToken) {
        return post("/oauth/token", "grant_type", "refresh_token", "client_id", "cli", "refresh_token", refreshToken);
    }

    HttpResponse<String> hello(String accessToken) {
        return get("/api/hello", "Authorization", "Bearer " + accessToken);
    }
}
