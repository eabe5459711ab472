package io.quarkiverse.deviceauthorization.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Asks the stub what it has seen. */
final class StubClient {

    private final URI counts;

    StubClient(int port) {
        this.counts = URI.create("http://127.0.0.1:" + port + "/counts");
    }

    /** @return what it has counted since it was asked before */
    Map<String, Long> counts() {
        try (InputStream answer = counts.toURL().openStream()) {
            return new ObjectMapper().readValue(answer, new TypeReference<>() {
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
