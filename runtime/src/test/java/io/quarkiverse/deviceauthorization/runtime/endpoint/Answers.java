package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Answers as they come over the wire, read at a fixed time. */
final class Answers {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private Answers() {
    }

    static Answer json(int status, String body) {
        return answer(status, "application/json", body);
    }

    static Answer answer(int status, String contentType, String body) {
        return answer(status, contentType, body, Map.of());
    }

    static Answer answer(int status, String contentType, String body, Map<String, String> headers) {
        return new AnswerReader(CLOCK).read(RecordingApi.response(status, contentType, body, headers));
    }
}
