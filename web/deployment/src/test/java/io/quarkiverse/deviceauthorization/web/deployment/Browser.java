package io.quarkiverse.deviceauthorization.web.deployment;

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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A browser without a script: it has a cookie, reads pages and sends their forms. */
final class Browser {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("class=\"code\"[^>]*>([^<]+)<");
    private static final Pattern STATE = Pattern.compile("data-state=\"([^\"]+)\"");

    private final URI page;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String cookie;
    private String token = "";

    Browser(String page) {
        this.page = URI.create(page);
    }

    /** What a browser has got. */
    record Answer(int status, HttpResponse<?> response, String body) {

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** @return the state that the page shows */
        String state() {
            return found(STATE, body).orElseThrow(() -> new AssertionError("No sign-in is shown: " + body));
        }

        String code() {
            return found(CODE, body).orElseThrow(() -> new AssertionError("No code is shown: " + body));
        }

        /** @return the text, without its markup */
        String text() {
            return body.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").replace("&#39;", "'");
        }
    }

    Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Browser without(String header) {
        headers.remove(header);
        return this;
    }

    /** @return the cookie, as it is sent */
    String cookie() {
        return cookie;
    }

    void cookie(String sent) {
        cookie = sent;
    }

    void token(String changed) {
        token = changed;
    }

    String token() {
        return token;
    }

    Answer open() {
        return send(request("").GET());
    }

    Answer get(String part) {
        return send(request(part).GET());
    }

    /** Opens the page, and asks for a code there. */
    Answer start() {
        open();
        return press("/start");
    }

    /** Sends the form, and opens the page that it leads to. */
    Answer press(String part) {
        Answer answer = post(part, Map.of("token", token));
        return answer.status() == 303 ? send(builder(answer.response().uri().resolve(answer.header("Location"))).GET())
                : answer;
    }

    Answer post(String part, Map<String, String> form) {
        return send(request(part).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(form))));
    }

    HttpRequest.Builder request(String part) {
        return builder(URI.create(page + part));
    }

    private HttpRequest.Builder builder(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        headers.forEach(request::setHeader);
        if (cookie != null) {
            request.setHeader("Cookie", cookie);
        }
        return request;
    }

    Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request.build());
        response.headers().allValues("Set-Cookie").forEach(set -> cookie = set.split(";", 2)[0]);
        found(TOKEN, response.body()).ifPresent(found -> token = found);
        return new Answer(response.statusCode(), response, response.body());
    }

    /** @return what happens, line by line, until the connection ends */
    Stream<String> events() {
        try {
            HttpResponse<Stream<String>> response = CLIENT.send(request("/events").GET().build(), BodyHandlers.ofLines());
            if (response.statusCode() != 200) {
                throw new AssertionError("HTTP status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the person at the development server does. */
    static void decide(String server, String action, String userCode) {
        script(server, Map.of("action", action, "user_code", userCode));
    }

    static String script(String server, Map<String, String> step) {
        return exchange(HttpRequest.newBuilder(URI.create(server + "/dev/script")).timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(encode(step)))
                .build()).body();
    }

    /** @return how many codes the server was asked for */
    static int started(String server) {
        String state = exchange(HttpRequest.newBuilder(URI.create(server + "/dev/script")).timeout(PATIENCE).build()).body();
        return Integer.parseInt(
                found(Pattern.compile("\"device_authorization_requests\" ?: ?(\\d+)"), state).orElseThrow());
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream().map(field -> field.getKey() + "="
                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    private static Optional<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).findFirst();
    }

    static List<String> words(String header) {
        return List.of(header.split("\\s*;\\s*"));
    }
}
