package io.quarkiverse.deviceauthorization.deployment.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The servers of {@link DevelopmentServers} as a test sees them, which is loaded with the application. */
final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** A request that a server has received. */
    record Received(String method, String path, Map<String, List<String>> headers, Map<String, List<String>> form,
            String certificate) {

        /** The only value of a parameter, if there is one. */
        Optional<String> parameter(String name) {
            return only(form.getOrDefault(name, List.of()));
        }

        /** The only header of this name, which is in lower case, if there is one. */
        Optional<String> header(String name) {
            return only(headers.getOrDefault(name, List.of()));
        }

        private static Optional<String> only(List<String> values) {
            if (values.size() > 1) {
                throw new AssertionError("more than one value");
            }
            return values.stream().findFirst();
        }
    }

    private Wire() {
    }

    static String url(String server) {
        return System.getProperty("wire." + server);
    }

    /** Says what happens next at a server; {@code action} and its parameters. */
    static void script(String server, String action, String... namesAndValues) {
        String parameters = IntStream.range(0, namesAndValues.length / 2)
                .mapToObj(i -> "&" + namesAndValues[2 * i] + "="
                        + URLEncoder.encode(namesAndValues[2 * i + 1], StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        send(HttpRequest.newBuilder(URI.create(url(server) + "/dev/script"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("action=" + action + parameters)));
    }

    /** What a server has counted. */
    static int counter(String server, String name) {
        return read(send(HttpRequest.newBuilder(URI.create(url(server) + "/dev/script"))), new TypeReference<JsonNode>() {
        }).get("counters").get(name).asInt();
    }

    /** The requests that a server has received, oldest first. */
    static List<Received> requests(String server) {
        return read(send(HttpRequest.newBuilder(URI.create(url("tap") + "/requests/" + server))), new TypeReference<>() {
        });
    }

    /** The requests that a server has received at a path since {@code seen} of all paths, oldest first. */
    static List<Received> requests(String server, int seen, String path) {
        return requests(server).stream().skip(seen).filter(request -> request.path().equals(path)).toList();
    }

    /** Something that no log may show. */
    static void secret(String secret) {
        send(HttpRequest.newBuilder(URI.create(url("tap") + "/secrets")).POST(HttpRequest.BodyPublishers.ofString(secret)));
    }

    /** Asks for a resource. */
    static HttpResponse<String> get(URI resource, String authorization, String... namesAndValues) {
        HttpRequest.Builder request = HttpRequest.newBuilder(resource).header("Authorization", authorization);
        return sent(namesAndValues.length == 0 ? request : request.headers(namesAndValues));
    }

    private static String send(HttpRequest.Builder request) {
        HttpResponse<String> response = sent(request);
        if (response.statusCode() != 200) {
            throw new AssertionError("HTTP status " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static HttpResponse<String> sent(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
