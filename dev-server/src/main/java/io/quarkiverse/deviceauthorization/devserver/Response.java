package io.quarkiverse.deviceauthorization.devserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;

/**
 * What a request is answered with.
 *
 * @param status the HTTP status
 * @param headers response headers, beside {@code Cache-Control: no-store} and {@code nosniff}, which every answer has
 * @param body the body, may be empty
 * @param dropped the connection is closed instead of sending anything
 */
record Response(int status, Map<String, String> headers, String body, boolean dropped) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Response of(int status, String contentType, String body) {
        return new Response(status, Map.of("Content-Type", contentType), body, false);
    }

    static Response json(int status, Object body) {
        try {
            return of(status, "application/json", JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Response error(int status, String error, String description) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        return json(status, body);
    }

    static Response empty(int status) {
        return new Response(status, Map.of(), "", false);
    }

    /** The connection is closed without an answer. */
    static Response drop() {
        return new Response(0, Map.of(), "", true);
    }

    /** The same members, form-encoded instead of JSON. */
    Response asForm() {
        if (!"application/json".equals(headers.get("Content-Type"))) {
            return this;
        }
        try {
            String form = JSON.readTree(body).properties().stream()
                    .map(member -> encode(member.getKey()) + "=" + encode(member.getValue().asText()))
                    .collect(Collectors.joining("&"));
            return new Response(status, headers, form, dropped)
                    .with("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body, dropped);
    }

    void send(HttpExchange exchange) throws IOException {
        if (dropped) {
            return; // closing an exchange that has no response closes its connection
        }
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        headers.forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
