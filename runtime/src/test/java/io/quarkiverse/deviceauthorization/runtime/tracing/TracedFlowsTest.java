package io.quarkiverse.deviceauthorization.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.runtime.logging.FlowMdc;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.Scope;

@DisplayName("Observers of an event, who hear of it later,")
class TracedFlowsTest {

    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder().build())
            .build();
    private final TracedFlows traced = new TracedFlows(sdk, () -> null);
    private final AtomicReference<SpanContext> seen = new AtomicReference<>();
    private final AtomicReference<Object> flow = new AtomicReference<>();

    static Stream<DeviceAuthorizationEvent> events() {
        return Stream.of(new Approved("tv", "family", "flow-1"), new Refreshed("tv", "family"));
    }

    @AfterEach
    void close() {
        sdk.close();
    }

    private void hear(Scope scope) {
        scope.run(() -> {
            seen.set(Span.current().getSpanContext());
            flow.set(MDC.get(FlowMdc.FLOW));
        });
    }

    private static Object flowOf(DeviceAuthorizationEvent event) {
        return event instanceof Approved approved ? approved.id() : null;
    }

    @ParameterizedTest
    @MethodSource("events")
    @DisplayName("are part of the trace in which it happened, and leave nothing of it behind")
    void inItsTrace(DeviceAuthorizationEvent event) {
        Span span = sdk.getTracer("test").spanBuilder("poll").startSpan();
        Scope telling;
        try (io.opentelemetry.context.Scope happening = span.makeCurrent()) {
            telling = traced.telling(event);
        }
        hear(telling);

        assertThat(seen.get()).isEqualTo(span.getSpanContext());
        assertThat(flow.get()).as("the flow in the MDC").isEqualTo(flowOf(event));
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
        assertThat(MDC.get(FlowMdc.FLOW)).isNull();
    }

    @ParameterizedTest
    @MethodSource("events")
    @DisplayName("are part of no trace where it happened in none, and still log which flow it was")
    void inNoTrace(DeviceAuthorizationEvent event) {
        hear(traced.telling(event));

        assertThat(seen.get().isValid()).isFalse();
        assertThat(flow.get()).isEqualTo(flowOf(event));
    }
}
