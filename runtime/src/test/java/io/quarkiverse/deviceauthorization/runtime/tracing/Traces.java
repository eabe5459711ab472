package io.quarkiverse.deviceauthorization.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetries;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry;

/** OpenTelemetry without Quarkus and without Vert.x, and the spans that have ended. */
public final class Traces {

    /** What a test's server and person know. */
    private static final List<String> SECRETS = List.of("device-code", "WDJB-MJHT", "access-", "refresh-");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk;
    private final List<TracedFlows> processes = new ArrayList<>();

    public Traces() {
        this(Sampler.alwaysOn());
    }

    /** @param sampler decides about spans that have no parent */
    public Traces(Sampler sampler) {
        sdk = OpenTelemetrySdk.builder().setTracerProvider(SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(sampler)).addSpanProcessor(SimpleSpanProcessor.create(exporter)).build())
                .build();
    }

    /** @return traces to here; each call is another process */
    public Telemetry telemetry() {
        TracedFlows traced = new TracedFlows(sdk, () -> null);
        processes.add(traced);
        return Telemetries.of(List.of(traced));
    }

    /** @return traces to there */
    public static Telemetry telemetry(OpenTelemetry there) {
        return Telemetries.of(List.of(new TracedFlows(there, () -> null)));
    }

    /** @return what comes of something that is done in a request, which has ended then */
    public <T> T inRequest(String name, Supplier<T> work) {
        Span request = sdk.getTracer("test").spanBuilder(name).startSpan();
        try (Scope scope = request.makeCurrent()) {
            return work.get();
        } finally {
            request.end();
        }
    }

    /** @return all spans, in which there is no secret */
    public List<SpanData> all() {
        List<SpanData> all = exporter.getFinishedSpanItems();
        assertThat(all.toString()).doesNotContain(SECRETS);
        return all;
    }

    /** @return how many flows are traced, in all processes */
    public int open() {
        return processes.stream().mapToInt(TracedFlows::open).sum();
    }

    public List<SpanData> named(String name) {
        return all().stream().filter(span -> span.getName().equals(name)).toList();
    }

    /** @return the only span of that name */
    public SpanData one(String name) {
        List<SpanData> found = named(name);
        assertThat(found).as("spans called %s", name).hasSize(1);
        return found.get(0);
    }

    public List<SpanData> flows() {
        return named(SpanNames.FLOW);
    }

    public SpanData flow() {
        return one(SpanNames.FLOW);
    }
}
