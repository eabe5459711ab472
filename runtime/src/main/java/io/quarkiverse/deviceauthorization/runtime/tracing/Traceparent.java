package io.quarkiverse.deviceauthorization.runtime.tracing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;

/** A span as text (W3C Trace Context §3.2), by which another process goes on with its trace. */
final class Traceparent {

    private static final Pattern TEXT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private Traceparent() {
    }

    static String of(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
    }

    /** @return the span, unless the text is no such text: whoever can write into a store may have written anything */
    static Optional<SpanContext> read(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() ? Optional.of(SpanContext.createFromRemoteParent(parts.group(1), parts.group(2),
                TraceFlags.fromHex(parts.group(3), 0), TraceState.getDefault())).filter(SpanContext::isValid)
                : Optional.empty();
    }
}
