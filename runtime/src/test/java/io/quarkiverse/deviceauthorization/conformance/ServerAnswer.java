package io.quarkiverse.deviceauthorization.conformance;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.ws.rs.core.Response;

import io.quarkiverse.deviceauthorization.runtime.endpoint.WireAnswer;
import io.smallrye.mutiny.Uni;

/**
 * What the server does with one request.
 *
 * @param delay how long the answer takes
 * @param response the answer, or the failure to get one
 */
record ServerAnswer(Duration delay, Supplier<Uni<Response>> response) {

    static final String DEVICE_CODE = "the-device-code";
    static final String USER_CODE = "WDJB-MJHT";
    static final String VERIFICATION_URI = "https://login.example.com/activate";

    /** A device authorization response with what is required, and nothing else: valid for 15 minutes, every 5 seconds. */
    static ServerAnswer codes() {
        return codes("");
    }

    /** The same with further members, as JSON. */
    static ServerAnswer codes(String more) {
        return json(200, "{\"device_code\":\"" + DEVICE_CODE + "\",\"user_code\":\"" + USER_CODE + "\",\"verification_uri\":\""
                + VERIFICATION_URI + "\",\"expires_in\":900" + (more.isEmpty() ? "" : "," + more) + "}");
    }

    /** Tokens named {@code access-…} and {@code refresh-…}, good for an hour. */
    static ServerAnswer tokens(String name) {
        return json(200, "{\"access_token\":\"access-" + name + "\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
                + "\"refresh_token\":\"refresh-" + name + "\"}");
    }

    static ServerAnswer pending() {
        return error("authorization_pending");
    }

    static ServerAnswer slowDown() {
        return error("slow_down");
    }

    /** An error response of RFC 6749 §5.2. */
    static ServerAnswer error(String code) {
        return json(400, "{\"error\":\"" + code + "\"}");
    }

    static ServerAnswer json(int status, String body) {
        return answer(status, body, Map.of("Content-Type", "application/json"));
    }

    /** A page of a gateway, in HTML. */
    static ServerAnswer page(int status) {
        return answer(status, "<html><body>" + status + "</body></html>", Map.of("Content-Type", "text/html"));
    }

    /** A status and nothing else. */
    static ServerAnswer status(int status) {
        return answer(status, "", Map.of());
    }

    static ServerAnswer answer(int status, String body, Map<String, String> headers) {
        List<Map.Entry<String, String>> fields = new ArrayList<>(headers.entrySet());
        return answer(new WireAnswer(status, fields, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** What a provider really sends, from a file. */
    static ServerAnswer fixture(String name) {
        return answer(WireAnswer.fixture(name));
    }

    private static ServerAnswer answer(WireAnswer answer) {
        return new ServerAnswer(Duration.ZERO, () -> Uni.createFrom().item(answer::response));
    }

    /** Nobody accepts the connection. */
    static ServerAnswer unreachable() {
        return new ServerAnswer(Duration.ZERO, () -> Uni.createFrom().failure(new ConnectException("Connection refused")));
    }

    /** The same answer, which takes some seconds. */
    ServerAnswer after(long seconds) {
        return new ServerAnswer(Duration.ofSeconds(seconds), response);
    }
}
