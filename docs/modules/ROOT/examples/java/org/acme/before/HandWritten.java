package org.acme.before;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

public class HandWritten {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String server;

    public HandWritten(String server) {
        this.server = server;
    }

    // tag::loop[]
    String accessToken() throws IOException, InterruptedException {
        JsonNode codes = post("/oauth/device/code", Map.of("client_id", "my-program", "scope", "openid offline_access"));
        System.err.println("Open " + codes.get("verification_uri").asText()
                + " and enter " + codes.get("user_code").asText());
        long interval = codes.path("interval").asLong(5);
        while (true) {
            TimeUnit.SECONDS.sleep(interval);
            JsonNode answer = post("/oauth/token", Map.of("client_id", "my-program",
                    "grant_type", "urn:ietf:params:oauth:grant-type:device_code",
                    "device_code", codes.get("device_code").asText()));
            switch (answer.path("error").asText()) {
                case "" -> {
                    return answer.get("access_token").asText();
                }
                case "authorization_pending" -> {
                }
                case "slow_down" -> interval += 5;
                default -> throw new IllegalStateException(answer.toString());
            }
        }
    }
    // end::loop[]

    private JsonNode post(String path, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8)).collect(joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body)).build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
