package io.quarkiverse.deviceauthorization.runtime.tracing;

import java.util.Optional;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** Says in a span what has failed. */
final class Errors {

    /** Codes are a word or two. What is longer is not from a server that means well. */
    private static final int LONGEST = 64;

    /** What OpenTelemetry calls an error that has no other name. */
    private static final String OTHER = "_OTHER";

    private Errors() {
    }

    /** @param code the error code that the server sent (RFC 6749 §5.2), if it did */
    static void set(Span span, Optional<String> code) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(SpanNames.ERROR, code.filter(Errors::isCode).orElse(OTHER));
    }

    private static boolean isCode(String text) {
        return text.length() <= LONGEST
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
                        || c == '-' || c == '.');
    }
}
