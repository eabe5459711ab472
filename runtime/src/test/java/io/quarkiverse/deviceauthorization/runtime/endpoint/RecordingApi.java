package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** An authorization server that answers what it is told to, and keeps what it was asked. */
final class RecordingApi implements AuthorizationServerApi {

    static final String CODES = "{\"device_code\":\"the-device-code\",\"user_code\":\"WDJB-MJHT\","
            + "\"verification_uri\":\"https://login.example.com/activate\",\"expires_in\":900}";

    private static final Pattern KEYS = Pattern.compile("jwks|certs|/keys");

    /**
     * @param endpoint where it went
     * @param authorization its {@code Authorization} header, or null
     * @param body its body, or null
     */
    record Sent(URI endpoint, String authorization, String body) {
    }

    private final Deque<Uni<Response>> answers = new ArrayDeque<>();
    private final Deque<Uni<Response>> keys = new ArrayDeque<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<OutgoingRequest> requests = new ArrayList<>();
    private final List<String> proofs = new ArrayList<>();

    RecordingApi answering(int status, String contentType, String body) {
        return answering(Uni.createFrom().item(response(status, contentType, body, Map.of())));
    }

    RecordingApi answering(Uni<Response> answer) {
        answers.add(answer);
        return this;
    }

    /**
     * The answer to who asks for the keys for ID tokens, which are read beside everything else. Without one there are none, and
     * that they were asked for is not kept.
     */
    RecordingApi answeringKeys(int status, String body) {
        keys.add(Uni.createFrom().item(response(status, "application/json", body, Map.of())));
        return this;
    }

    /** An answer with no more headers than these, and no body if it is null. */
    static Response response(int status, String contentType, String body, Map<String, String> headers) {
        Response.ResponseBuilder answer = Response.status(status);
        if (body != null) {
            answer.entity(body.getBytes(StandardCharsets.UTF_8));
        }
        if (contentType != null) {
            answer.header("Content-Type", contentType);
        }
        headers.forEach(answer::header);
        return answer.build();
    }

    List<Sent> sent() {
        return sent;
    }

    /** The requests with a body, whole. */
    List<OutgoingRequest> requests() {
        return requests;
    }

    /** The {@code DPoP} headers of the requests without a body. */
    List<String> proofs() {
        return proofs;
    }

    Sent only() {
        assertThat(sent).hasSize(1);
        return sent.get(0);
    }

    @Override
    public Uni<Response> post(URI endpoint, OutgoingRequest request) {
        sent.add(
                new Sent(endpoint, request.headers().get("Authorization"), new String(request.body(), StandardCharsets.UTF_8)));
        requests.add(request);
        return answers.remove();
    }

    @Override
    public Uni<Response> get(URI resource, String authorization, String proof) {
        if (KEYS.matcher(resource.getPath()).find()) {
            if (keys.isEmpty()) {
                return Uni.createFrom().item(response(200, "application/json", "{\"keys\":[]}", Map.of()));
            }
            sent.add(new Sent(resource, null, null));
            return keys.remove();
        }
        sent.add(new Sent(resource, authorization, null));
        proofs.add(proof);
        return answers.remove();
    }
}
